"""Ledger sheets about voters: 接待日, 接待登记, 意见建议, 单位, 述职, 工作评议."""
