"""Views of this room that the common pages of records do not cover."""
