"""What documents were there: their numbers and kinds read, their files moved to a table of their own."""

import hashlib
from pathlib import PurePosixPath

from django.db import migrations

from congress.documents.kinds import kind_of_title
from congress.documents.numbers import series_and_serial, written_right
from congress.documents.text import FileText, Reading, text_of
from congress.file_kinds import BY_SUFFIX, FileRefused, detect
from congress.uploads import safe_name

#: Of files whose kind nobody knows.
UNTOLD = "application/octet-stream"


def read_numbers_and_kinds(apps, schema_editor):
    """Numbers as the rule writes them; of two that then are the same one stays as it was."""
    Document = apps.get_model("congress", "Document")
    documents = list(Document.objects.order_by("pk"))
    taken = {(each.issuer, each.number) for each in documents}
    places = set()
    for document in documents:
        number = written_right(document.number)
        if number != document.number and (document.issuer, number) not in taken:
            taken.add((document.issuer, number))
            document.number = number
        document.kind = kind_of_title(document.title)
        series, serial = series_and_serial(document.number)
        if document.level == "own" and serial is not None:
            if (series, serial) in places:
                series, serial = "", None
            places.add((series, serial))
        document.series, document.serial = series, serial
        document.save()


def move_files(apps, schema_editor):
    """Each file stays where it lies, under the name by which it was served; its text is read."""
    Document = apps.get_model("congress", "Document")
    DocumentFile = apps.get_model("congress", "DocumentFile")
    for document in Document.objects.exclude(file="").order_by("pk"):
        suffix = PurePosixPath(document.file.name).suffix.lower()
        try:
            with document.file.open() as file:
                data = file.read()
        except OSError:
            data = None  # not on this disc: the path is kept, so that it can be put back
        kind, told = _kind(data, suffix), FileText("", Reading.FAILED)
        if data is not None:
            told = text_of(data, kind)
        DocumentFile.objects.create(
            document=document,
            file=document.file.name,
            name=safe_name(document.title.replace("/", "／") + suffix, suffix),
            content_type=kind,
            size=len(data or b""),
            sha256=hashlib.sha256(data or b"").hexdigest(),
            text=told.text,
            reading=told.reading,
        )


def _kind(data, suffix):
    try:
        return detect(data or b"").content_type
    except FileRefused:
        return BY_SUFFIX[suffix].content_type if suffix in BY_SUFFIX else UNTOLD


def move_back(apps, schema_editor):
    """A document had one file: the first of several stays with it."""
    DocumentFile = apps.get_model("congress", "DocumentFile")
    for row in DocumentFile.objects.select_related("document").order_by("-pk"):
        row.document.file = row.file.name
        row.document.save(update_fields=["file"])
    DocumentFile.objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('congress', '0007_documents_in_full'),
    ]

    operations = [
        migrations.RunPython(read_numbers_and_kinds, migrations.RunPython.noop),
        migrations.RunPython(move_files, move_back),
    ]
