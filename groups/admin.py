"""Django's admin, for what has no page of its own: corrections of parts of a record."""

from django.contrib import admin

from .models import Attendance, Finding, GroupVillage, Recommendation


@admin.register(GroupVillage)
class GroupVillageAdmin(admin.ModelAdmin):
    list_display = ["group", "village", "start", "end"]
    list_select_related = ["group", "village"]
    list_filter = ["group"]


@admin.register(Attendance)
class AttendanceAdmin(admin.ModelAdmin):
    list_display = ["activity", "mandate", "status", "reason"]
    list_select_related = ["activity", "mandate__delegate"]
    raw_id_fields = ["activity", "mandate"]


@admin.register(Finding)
class FindingAdmin(admin.ModelAdmin):
    list_display = ["activity", "kind", "text"]
    list_select_related = ["activity"]
    raw_id_fields = ["activity"]


@admin.register(Recommendation)
class RecommendationAdmin(admin.ModelAdmin):
    list_display = ["activity", "addressee", "text"]
    list_select_related = ["activity"]
    raw_id_fields = ["activity"]
