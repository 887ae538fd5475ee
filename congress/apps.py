from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate

from congress import append_only


class CongressConfig(AppConfig):
    name = "congress"
    verbose_name = "本届人大"

    def ready(self):
        from congress import checks, key_rotation, lookups  # noqa: F401 (register themselves)
        from congress.accounts import password_age  # noqa: F401
        from congress.audit import capture, protection, tables, telling
        from congress.documents import session_section  # noqa: F401
        from congress.log_in import code, signals  # noqa: F401

        protection.declare()
        tables.leave_out("congress.auditentry", "is the log")
        tables.leave_out("congress.auditarchive", "is of the log")
        tables.leave_out("congress.runningnumber", "each number stands in its record")
        tables.leave_out("congress.formerpassword", "a change of the password is one of the user")
        tables.leave_out("congress.submission", "only tells apart forms that were sent")
        tables.show("congress.user", email=tables.Shown.HIDDEN, code_step=tables.Shown.LEFT_OUT)
        key_rotation.declare(code.STORE)
        tables.show("congress.documentfile", text=tables.Shown.HIDDEN)
        connection_created.connect(telling.prepare)
        for module in (append_only, capture):
            pre_migrate.connect(module.before_migrations, sender=self)
            post_migrate.connect(module.after_migrations, sender=self)
