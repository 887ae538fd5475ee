"""A roster as it really arrives (花名册), read, judged row by row, and taken in."""
