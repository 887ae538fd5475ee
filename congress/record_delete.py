"""Deleting a record: asks first, and tells what forbids it and what would go with it."""

from django.contrib import messages
from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.views import generic

from .record_views import RecordView


class RecordDelete(RecordView, generic.DeleteView):
    page = "confirm_delete"
    context_object_name = "record"

    def is_allowed(self, user) -> bool:
        return self.pages.may_edit(user)

    def get_object(self, queryset=None):
        record = super().get_object(queryset)
        if not self.pages.may_delete(self.request.user, record):
            raise PermissionDenied
        return record

    def consequences(self) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
        """(what hangs on it and forbids it, what would be lost with it), each as name and count."""
        collector = NestedObjects(using=self.object._state.db)
        collector.collect([self.object])
        held_by: dict[str, int] = {}
        for other in collector.protected:
            name = str(other._meta.verbose_name)
            held_by[name] = held_by.get(name, 0) + 1
        lost = {
            str(model._meta.verbose_name): len(found)
            for model, found in collector.model_objs.items()
            if model is not self.model and not model._meta.auto_created
        }
        return list(held_by.items()), list(lost.items())

    def form_valid(self, form):
        with transaction.atomic():
            held_by, _ = self.consequences()
            if held_by:
                return self.render_to_response(self.get_context_data(), status=409)
            words = str(self.object)
            self.object.delete()
        messages.success(self.request, f"已删除{self.noun}“{words}”。")
        return HttpResponseRedirect(self.address("list"))

    def get_context_data(self, **kwargs):
        held_by, lost = self.consequences()
        return super().get_context_data(
            title=f"删除{self.noun}",
            held_by=held_by,
            lost=lost,
            cancel_url=self.object.get_absolute_url(),
            **kwargs,
        )
