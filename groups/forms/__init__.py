"""Forms of members, groups and rooms, plan, activities and attendance."""
