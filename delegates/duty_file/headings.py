"""Headings of the parts for tables with a column for each: shorter than their titles."""

SHORT_TITLES = {
    "sessions": "人代会",
    "training": "学习培训",
    "inspection": "视察调研",
    "evaluation": "工作评议",
    "law_check": "执法检查",
    "other": "其他活动",
    "reception": "接待选民",
    "items": "反映意见",
    "duty_reports": "述职",
    "suggestions": "代表建议",
    "bills": "议案",
    "honours": "表彰奖励",
}
