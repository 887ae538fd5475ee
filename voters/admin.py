"""Admin of what has no page of its own: duty on a day, trails, numbers shown; read only."""

from django.contrib import admin

from .models import ContactReveal, FeedbackStep, ReceptionDuty


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(ReceptionDuty)
class ReceptionDutyAdmin(ReadOnly):
    list_display = ["day", "mandate", "status"]
    list_select_related = ["day__group", "mandate__delegate"]
    list_filter = ["status"]


@admin.register(FeedbackStep)
class FeedbackStepAdmin(ReadOnly):
    list_display = ["item", "at", "user", "from_state", "to_state", "note"]
    list_select_related = ["item", "user"]


@admin.register(ContactReveal)
class ContactRevealAdmin(ReadOnly):
    list_display = ["visit", "user", "at", "reason"]
    list_select_related = ["visit", "user"]
