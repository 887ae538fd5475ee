"""Rules that several forms of items share."""

from django import forms

from congress.fields import NONE_NEEDED, NOTHING_CHOSEN
from congress.models import Township
from voters.models import HandlingUnit


def grades() -> list[str]:
    """The township's scale of satisfaction, best first."""
    return Township.current().grades


def offer_grades(form: forms.ModelForm, name: str, required: bool = False) -> None:
    """Choose from the scale; a grade of an older scale stays possible where it is stored."""
    offered = grades()
    stored = getattr(form.instance, name)
    if stored and stored not in offered:
        offered.append(stored)
    form.fields[name] = forms.ChoiceField(
        label=form.fields[name].label,
        choices=[
            ("", NOTHING_CHOSEN if required else NONE_NEEDED),
            *((grade, grade) for grade in offered),
        ],
        required=required,
    )


def offer_units(field: forms.ModelMultipleChoiceField) -> None:
    """All in view, to tick."""
    field.widget = forms.CheckboxSelectMultiple()
    field.widget.choices = field.choices


def require_responsible(form: forms.Form, unit: HandlingUnit | None, responsible: str) -> None:
    """A unit without a known contact needs the name of who answers for the item."""
    if unit and not responsible and not unit.contact:
        form.add_error("responsible", "该单位没有登记联系人，请填写责任人。")
