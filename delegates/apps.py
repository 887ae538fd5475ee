from django.apps import AppConfig


class DelegatesConfig(AppConfig):
    name = "delegates"
    verbose_name = "代表"

    def ready(self):
        """Say what waits, and what the pages of sessions and people show of sessions."""
        from delegates import session_sections, todo  # noqa: F401
