"""Ledger sheets of the groups: 代表小组, the groups of 代表, 活动 and what follows, 年度计划."""
