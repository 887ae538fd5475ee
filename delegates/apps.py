from django.apps import AppConfig
from django.db.models.signals import post_migrate

from congress import append_only


class DelegatesConfig(AppConfig):
    name = "delegates"
    verbose_name = "代表"

    def ready(self):
        """Say what waits, what pages and files show of sessions, how people are found, fonts."""
        from congress import key_rotation
        from congress.audit.tables import Shown, show
        from delegates import (  # noqa: F401
            account_checks,
            checks,
            merge_sections,
            name_keys,
            session_sections,
            todo,
            todo_corrections,
            todo_duplicates,
        )
        from delegates.duty_file import sources  # noqa: F401
        from delegates.sealed_numbers import STORES

        show(
            "delegates.delegate",
            phone=Shown.PHONE,
            birth_month=Shown.HIDDEN,
            note=Shown.HIDDEN,
            name_key=Shown.LEFT_OUT,
        )
        show("delegates.suspension", reason=Shown.HIDDEN)
        show("delegates.sessionattendance", reason=Shown.HIDDEN, remark=Shown.HIDDEN)
        show(
            "delegates.correctionrequest",
            **dict.fromkeys(("subject", "wrong", "right", "answer"), Shown.HIDDEN),
        )
        append_only.declare(
            "delegates_identityreveal",
            "查看身份证号的记录不能修改、删除。",
            keeps=("id", "user_id", "at", "reason"),
        )
        append_only.declare("delegates_merge", "合并的记录不能修改、删除。")
        append_only.declare("delegates_mergeundone", "撤销合并的记录不能修改、删除。")
        for store in STORES:
            key_rotation.declare(store)
        post_migrate.connect(name_keys.bring_up, sender=self)
