"""Lists and pages of people and members, groups and rooms, plan and activities."""
