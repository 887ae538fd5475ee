from django.apps import AppConfig
from django.db.models.signals import post_migrate

from congress import append_only


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = "代表小组"

    def ready(self):
        from congress.audit.tables import Shown, show

        # Say what waits, what duty files show, what forbids a merge, what is wrong with accounts.
        from groups import (  # noqa: F401
            account_checks,
            duty_file,
            merge_checks,
            todo,
            todo_activities,
            todo_chain,
            todo_rooms,
        )
        from groups.models.rooms import keep_standard_items

        show("groups.attendance", reason=Shown.HIDDEN)
        show("groups.leaverequest", reason=Shown.HIDDEN, remark=Shown.HIDDEN)
        append_only.declare("groups_planissue", "计划的下发记录不能修改、删除。")
        append_only.declare("groups_planchange", "计划的变更记录只能增加，不能修改、删除。")
        post_migrate.connect(keep_standard_items, sender=self)
