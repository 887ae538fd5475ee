from django.apps import AppConfig


class CongressConfig(AppConfig):
    name = "congress"
    verbose_name = "本届人大"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from congress import checks, lookups  # noqa: F401 (register themselves)
