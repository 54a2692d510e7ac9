"""Fetching what an agency's API gives, onto disk. No Django here, and no rule of the catalogue.

An address is hostile until looked at: `guard` says where one may go, `connection` goes there and nowhere
else, `fetching` keeps what comes, `knocking` only looks whether anybody answers; `wording` of failures is
the catalogue's (catalog.pull_words).
"""
