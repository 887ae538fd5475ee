"""Pages of the reports, a module a subject."""
