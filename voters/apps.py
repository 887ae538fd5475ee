from django.apps import AppConfig


class VotersConfig(AppConfig):
    name = "voters"
    verbose_name = "联系选民"

    def ready(self):
        from voters import plan_counts  # noqa: F401 (says how its kinds are counted)
