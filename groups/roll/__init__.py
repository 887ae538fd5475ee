"""代表名册 and 代表结构 of a day: who was in office, in the official order, and how many."""
