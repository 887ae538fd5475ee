"""Steps that may bring attachments: saved with the step, or not at all."""

from django.db import transaction

from congress.attachments import MOST_AT_ONCE, WrittenFile
from congress.uploads import UploadsField
from voters.actions import attach, judge_files

from .item_step import ItemStepForm


class AttachingForm(ItemStepForm):
    attachments = UploadsField(label="附件", most=MOST_AT_ONCE, required=False)
    #: Whether the other units of the item are to see them.
    is_for_units = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        #: Written by the view, outside the transaction.
        self.stored_files: list[WrittenFile] = []
        if self.files:
            field = self.fields["attachments"]
            field.help_text = f"选好的附件没有保存，请重新选择。{field.help_text}"

    @property
    def changes(self):
        return {name: value for name, value in super().changes.items() if name != "attachments"}

    @transaction.atomic
    def save(self):
        judge_files(self.instance, self.stored_files)
        item = super().save()
        attach(user=self.user, item=item, files=self.stored_files, for_unit=self.is_for_units)
        return item


class ProgressForm(AttachingForm):
    step = "record"


class ContributeForm(AttachingForm):
    """What a co-unit contributes is meant for the lead unit."""

    step = "contribute"
    is_for_units = True
