"""The forms of a page as a browser would send them, blanks filled in where the page asks."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.db import transaction

#: What is typed into an empty field, by its type.
TYPED = {
    "date": "2020-08-19",
    "month": "2020-08",
    "time": "09:30",
    "datetime-local": "2020-08-19T09:30",
    "number": "1",
    "email": "a@office.example",
    "tel": "13800000000",
    "url": "https://office.example/",
}
WORDS = "甲乙丙"


@dataclass
class PageForm:
    """One form that is posted: where to, and what stands in it."""

    action: str
    sent: dict[str, list[str]] = field(default_factory=dict)
    #: Names of fields that hold files.
    files: set[str] = field(default_factory=set)
    #: What may be put where nothing stands: where the page asks for it, and elsewhere.
    required: dict[str, str] = field(default_factory=dict)
    optional: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, str] = field(default_factory=dict)
    #: Every name on the page, also of boxes that are not ticked.
    names: set[str] = field(default_factory=set)

    def ways_to_fill(self) -> list[dict[str, list[str]]]:
        """As sent by somebody who leaves nothing blank that is required; with a button of its own
        pressed; with nothing left blank at all.
        """
        usual = self.sent | _listed(self.required)
        pressed = usual | _listed(self.buttons)
        return [usual, pressed, pressed | _listed(self.optional)]

    def offer(self, name: str, value: str, is_required: bool) -> None:
        if not any(self.sent.get(name, [])):
            (self.required if is_required else self.optional).setdefault(name, value)

    def hold(self, name: str, values: list[str]) -> None:
        """This stands in the field."""
        self.sent[name] = values
        if any(values):
            self.required.pop(name, None)
            self.optional.pop(name, None)


def _listed(values: dict[str, str]) -> dict[str, list[str]]:
    return {name: [value] for name, value in values.items()}


class _Reader(HTMLParser):
    def __init__(self, address, page):
        super().__init__()
        self.forms: list[PageForm] = []
        self._address = address
        self._form: PageForm | None = None
        self._select = self._area = None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "form" and (told.get("method") or "get").lower() == "post":
            self._form = PageForm(urljoin(self._address, told.get("action") or self._address))
            self.forms.append(self._form)
        if self._form is None:
            return
        if tag == "option" and self._select:
            self._option(self._form, told)
        name = told.get("name")
        if not name or "disabled" in told:
            return
        self._form.names.add(name)
        if tag == "select":
            self._select = (name, "required" in told, "multiple" in told)
        elif tag == "textarea":
            self._area = (name, "required" in told)
            self._form.hold(name, [""])
        elif tag == "input":
            self._input(self._form, name, told)
        elif tag == "button":
            self._form.buttons.setdefault(name, told.get("value") or "")

    def _option(self, form, told):
        name, is_required, is_multiple = self._select
        value = told.get("value") or ""
        if "selected" in told:
            form.hold(name, [*form.sent.get(name, []), value] if is_multiple else [value])
        elif value:
            form.offer(name, value, is_required)

    def _input(self, form, name, told):
        kind, value = told.get("type") or "text", told.get("value") or ""
        if kind == "file":
            form.files.add(name)
        elif kind in ("checkbox", "radio"):
            if "checked" in told:
                form.hold(name, [*form.sent.get(name, []), value or "on"])
            else:
                form.offer(name, value or "on", "required" in told)
        elif kind not in ("submit", "button", "image", "reset"):
            form.hold(name, [*form.sent.get(name, []), value])
            if kind != "hidden":
                form.offer(name, TYPED.get(kind, WORDS), "required" in told)

    def handle_data(self, data):
        if self._area and self._form:
            name, _ = self._area
            self._form.sent[name] = [self._form.sent[name][0] + data]

    def handle_endtag(self, tag):
        if tag == "textarea" and self._area and self._form:
            name, is_required = self._area
            # A browser drops the line break that Django writes behind the tag.
            self._form.hold(name, [re.sub(r"^\r?\n", "", self._form.sent[name][0])])
            self._form.offer(name, WORDS, is_required)
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None


def forms_of(client, address) -> list[PageForm]:
    """The forms in the page at this address that are posted, without logging out."""
    with transaction.atomic():
        response = client.get(address)
        transaction.set_rollback(True)
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if response.streaming or not is_page or response.status_code != 200:
        return []
    forms = _Reader(address, response.content.decode()).forms
    return [form for form in forms if not form.action.endswith("/logout/")]
