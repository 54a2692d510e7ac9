"""Sharing between agencies in the demonstration: services, requests, accounts and their past."""
