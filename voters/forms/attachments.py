"""Papers of an item: sent from its page; those that come with a step are in ``steps``."""

from django import forms

from congress.attachments import MOST_AT_ONCE
from congress.models import User
from congress.roles import keeps_records
from congress.uploads import UploadsField
from voters.models import Attachment


class AttachmentForm(forms.Form):
    """Files to add; the office says whether the units see them."""

    attachments = UploadsField(label="选择文件", most=MOST_AT_ONCE)
    for_unit = forms.BooleanField(
        label=Attachment._meta.get_field("for_unit").verbose_name,
        required=False,
        help_text=Attachment._meta.get_field("for_unit").help_text,
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        if not keeps_records(user):
            del self.fields["for_unit"]
