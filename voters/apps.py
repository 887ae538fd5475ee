from django.apps import AppConfig


class VotersConfig(AppConfig):
    name = "voters"
    verbose_name = "联系选民"

    def ready(self):
        from voters import plan_counts, todo  # noqa: F401 (say what is counted, what waits)
