"""Accounts: their pages, passwords, one-time links, and what is wrong with them."""
