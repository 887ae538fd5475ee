"""Corrections of suspensions, which the page of their mandate shows."""

from django.urls import reverse

from congress.record_pages import RecordPages
from congress.record_views import RecordEdit
from delegates.forms import SuspensionForm
from delegates.models import Suspension


class SuspensionEdit(RecordEdit):
    """Reached from the page of the mandate, and back to it."""

    @property
    def crumbs(self):
        return [(str(self.object.mandate), self.object.get_absolute_url())]

    def cancel_address(self):
        return self.object.get_absolute_url()

    def address(self, page, *args):
        return reverse("mandate_list")


class SuspensionPages(RecordPages):
    model = Suspension
    form_class = SuspensionForm
    select_related = ("mandate__delegate",)
    views = {"edit": SuspensionEdit}
    without = frozenset({"add", "list", "detail", "delete"})
