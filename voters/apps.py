from django.apps import AppConfig

from congress import append_only


class VotersConfig(AppConfig):
    name = "voters"
    verbose_name = "联系选民"

    def ready(self):
        from voters import plan_counts, todo  # noqa: F401 (say what is counted, what waits)

        append_only.declare("voters_contactreveal", "查看联系方式的记录不能修改、删除。")
