from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from congress import append_only


class CongressConfig(AppConfig):
    name = "congress"
    verbose_name = "本届人大"

    def ready(self):
        from congress import checks, lookups  # noqa: F401 (register themselves)
        from congress.documents import session_section  # noqa: F401

        pre_migrate.connect(append_only.before_migrations, sender=self)
        post_migrate.connect(append_only.after_migrations, sender=self)
