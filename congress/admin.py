"""Django's admin, for what has no page of its own: accounts, running numbers, submitted forms."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group

from .models import User

admin.site.site_header = admin.site.site_title = "后台管理"
admin.site.index_title = "账号与未设页面的记录"
admin.site.unregister(Group)


@admin.register(User)
class AccountAdmin(UserAdmin):
    list_display = ["username", "name", "role", "is_active", "last_login"]
    list_filter = ["role", "is_active"]
    search_fields = ["username", "name"]
    ordering = ["username"]
    filter_horizontal = []
    readonly_fields = ["last_login"]
    fieldsets = [
        (None, {"fields": ["username", "password", "name", "role", "is_active", "last_login"]})
    ]
    add_fieldsets = [
        (
            None,
            {"fields": ["username", "name", "role", "usable_password", "password1", "password2"]},
        )
    ]

    def has_delete_permission(self, request, obj=None):
        """Accounts are switched off, never deleted: their name stands in the records."""
        return False
