"""Ledger sheet 代表: people and their mandates."""
