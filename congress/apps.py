from django.apps import AppConfig


class CongressConfig(AppConfig):
    name = "congress"
    verbose_name = "本届人大"

    def ready(self):
        from congress import checks, lookups  # noqa: F401 (register themselves)
