"""Old addresses: the page of who was merged away leads to the one who stays."""

from django.http import Http404
from django.shortcuts import redirect

from congress.record_views import RecordDetail
from delegates.duplicates.undoing import mandate_merged_into, merged_into


class PersonDetail(RecordDetail):
    successor = staticmethod(merged_into)

    def get(self, request, *args, **kwargs):
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            found = self.successor(kwargs["pk"])
            if found is None or not self.get_queryset().filter(pk=found.pk).exists():
                raise
            return redirect(found)


class MandateDetail(PersonDetail):
    successor = staticmethod(mandate_merged_into)
