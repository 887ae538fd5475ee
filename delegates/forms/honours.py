"""Form of honours."""

from congress.editing import RecordForm
from delegates.models import Delegate, Honour


class HonourForm(RecordForm):
    class Meta:
        model = Honour
        fields = ["delegate", "day", "title", "granted_by", "level"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["delegate"].queryset = Delegate.objects.order_by("name", "pk")
