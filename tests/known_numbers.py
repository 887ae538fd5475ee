"""Numbers of people typed into every text about them, and where these come out again.

Each field has numbers of its own, so that a leak names the field. A number counts as shown when
more of it stands there than a mask leaves: also a part, or with blanks, hyphens or tags between.
"""

import contextlib
import io
import re
import zipfile

import pypdf
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from pypdf.errors import PyPdfError

from tests.emptying import rows_may_go

#: Texts in which somebody writes of voters and delegates, as patterns of app.model.field ...
OF_PEOPLE = (
    r"voters\..*|delegates\..*|groups\.(attendance|leaverequest)\..*|congress\.auditentry\..*"
)
#: ... and those that the program writes, or that name a thing, a post, a place.
OF_THINGS = (
    r".*\.(number|card_number|\w*sealed|\w*index|name_key|sha256|content_type|token|mark|digest|"
    r"subject_type|subject_key|address|role|username|year|hours|place|grades|part|part_title|"
    r"approved_by|process_satisfaction|result_satisfaction|series|changes)|"
    r"voters\.(topic|replytemplate|blankform|suggestion|handlingunit)\..*|"
    r"voters\.handlingreportline\.(state|outcome|outcome_words|opinion|unit|proposer)|"
    r"delegates\.(constituency|candidate|election|honour|merge|scorerule|scorerules)\..*|"
    r"delegates\.delegate\.(name|ethnicity|education|party|occupation)|"
    r"delegates\.mandate\.deciding_body"
)
_SHOWN = re.compile(r"(?<![0-9a-zA-Z])(?:1397|11010119|0571-?87)([0-9]{3})")
_BETWEEN = re.compile(r"(?<=[0-9])(?:[\s\u3000-]|&nbsp;|<[^>]*>)+(?=[0-9])")


class KnownNumbers:
    def __init__(self):
        self.fields: list[str] = []
        #: Fields in which they stand by now.
        self.typed: set[str] = set()

    def of(self, field: str) -> list[str]:
        """A mobile number, a 身份证号 and a landline, typed into this field only."""
        if field not in self.fields:
            self.fields.append(field)
        index = self.fields.index(field)
        return [f"1397{index:03}5678", f"11010119{index:03}0010101"[:18], f"0571-87{index:03}678"]

    def shown_in(self, text: str) -> set[str]:
        """The fields of which a number stands in the text."""
        found = {
            int(match[1])
            for each in (text, _BETWEEN.sub("", text))
            for match in _SHOWN.finditer(each)
        }
        return {self.fields[index] for index in found if index < len(self.fields)}


def text_of(response) -> str:
    """All that a response tells: headers, and the words of a page, a workbook, Word or PDF."""
    body = b"".join(response) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{headers}\n{_words_of(body)}"


def _words_of(body: bytes) -> str:
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "\n".join(_words_of(archive.read(name)) for name in archive.namelist())
    if body.startswith(b"%PDF-"):
        with contextlib.suppress(PyPdfError):  # what a test made up is no more than bytes
            pages = pypdf.PdfReader(io.BytesIO(body)).pages
            return "\n".join(page.extract_text() for page in pages)
    return body.decode(errors="replace")


def texts_of_people() -> list[tuple[type[models.Model], models.Field]]:
    """Every column of text in which a number could be typed; new ones come in by themselves."""
    return [
        (model, field)
        for model in apps.get_models()
        if not model._meta.proxy
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
        if re.fullmatch(OF_PEOPLE, label_of(model, field))
        if not re.fullmatch(OF_THINGS, label_of(model, field))
    ]


def label_of(model: type[models.Model], field: models.Field) -> str:
    return f"{model._meta.label_lower}.{field.name}"


def type_everywhere() -> KnownNumbers:
    """Type numbers into all texts of people that stand in the database, past all that masks them.

    As earlier versions of the program stored them: no field is asked. Where a rule of the database
    has a text empty, it stays so.
    """
    known = KnownNumbers()
    with rows_may_go():
        for model, field in texts_of_people():
            for key, value in model._base_manager.values_list("pk", field.name):
                _type(known, model, field, key, value or "")
    return known


def _type(known: KnownNumbers, model, field, key, value: str):
    numbers = known.of(label_of(model, field))
    typed = value
    if field.name == "phone":
        typed, numbers = "", numbers[:1]
    for number in numbers:
        longer = f"{typed}、{number}" if typed else number
        if field.max_length is None or len(longer) <= field.max_length:
            typed = longer
    quoted = connection.ops.quote_name
    table, column, pk = map(quoted, (model._meta.db_table, field.column, model._meta.pk.column))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {pk} = %s", [typed, key])
            connection.check_constraints()
    except IntegrityError:
        return
    known.typed.add(label_of(model, field))
