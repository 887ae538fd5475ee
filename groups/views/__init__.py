"""Views of decisions and sheets; lists and forms of records are declared in ``groups.pages``."""
