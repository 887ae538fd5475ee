"""The files of a record as a section of its page."""

from django import forms
from django.urls import reverse

from .attachments import MOST, MOST_AT_ONCE
from .uploads import UploadsField


class FilesForm(forms.Form):
    attachments = UploadsField(label="选择文件", most=MOST_AT_ONCE)


def files_of(pages, record, user) -> dict:
    """Context of ``includes/_files.html``; a form only for who may add more."""
    name = pages.name()
    files = list(
        pages.file_model._default_manager.filter(
            **{pages.file_model.belongs_to: record}
        ).select_related("user")
    )
    may_change = pages.may_change_files(user, record)
    return {
        "record_files": [
            {
                "file": file,
                "address": reverse(f"{name}_file", args=[record.pk, file.pk]),
                "remove": reverse(f"{name}_file_remove", args=[record.pk, file.pk])
                if may_change
                else "",
            }
            for file in files
        ],
        "files_form": FilesForm() if may_change and len(files) < MOST else None,
        "files_address": reverse(f"{name}_attach", args=[record.pk]),
    }
