"""Django's admin, for what has no page of its own: corrections of suspensions."""

from django.contrib import admin

from .models import Suspension


@admin.register(Suspension)
class SuspensionAdmin(admin.ModelAdmin):
    list_display = ["mandate", "reason", "start", "end"]
    list_select_related = ["mandate__delegate"]
    raw_id_fields = ["mandate"]
    search_fields = ["mandate__delegate__name_key", "mandate__card_number"]
