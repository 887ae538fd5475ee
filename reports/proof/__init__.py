"""What proves a report: every figure with its definition and the very records behind it."""
