"""Codes that people read out on the telephone or copy from paper."""

import secrets

#: Letters and digits that nobody mistakes for each other.
SIGNS = "ACDEFHJKMNPQRTUVWXY347"


def legible_code(length: int) -> str:
    """Drawn at random, so that nobody guesses it."""
    return "".join(secrets.choice(SIGNS) for _ in range(length))
