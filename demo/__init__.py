"""The demonstration: made-up data of the province, the people who deliver it, and its files."""
