from django.apps import AppConfig


class DelegatesConfig(AppConfig):
    name = "delegates"
    verbose_name = "代表"

    def ready(self):
        """Say what waits, and what pages and duty files show of sessions."""
        from delegates import session_sections, todo  # noqa: F401
        from delegates.duty_file import sources  # noqa: F401
