"""Drafting a report: its texts place by place, how they came about, and its outline."""
