"""Looking at one table of data: what an address asks for, and what the page shows for it."""
