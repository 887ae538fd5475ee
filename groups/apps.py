from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = "代表小组"
    default_auto_field = "django.db.models.BigAutoField"
