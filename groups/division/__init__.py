"""Dividing a term into groups: the draft, what may be proposed, what is checked, confirming it."""
