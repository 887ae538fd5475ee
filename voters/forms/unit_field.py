"""The lead unit as it is typed: a select is not searched by what an input method writes."""

from django import forms
from django.utils.html import format_html, format_html_join

from voters.models import HandlingUnit


class UnitInput(forms.TextInput):
    """A line with the units' names offered beneath it."""

    def render(self, name, value, attrs=None, renderer=None):
        list_id = f"{name}-units"
        line = super().render(name, value, (attrs or {}) | {"list": list_id}, renderer)
        units = HandlingUnit.objects.values_list("name", "short_name")
        options = format_html_join("", '<option value="{}">{}</option>', units)
        return format_html('{}<datalist id="{}">{}</datalist>', line, list_id, options)


class UnitField(forms.Field):
    """A unit by its name, its short name, or a part of one that no other unit has."""

    widget = UnitInput

    def prepare_value(self, value):
        """The name of a unit whose key the form begins with; what was typed stays as it is."""
        if isinstance(value, int):
            return str(HandlingUnit.objects.filter(pk=value).first() or "")
        return value

    def to_python(self, value):
        typed = (value or "").strip()
        if not typed:
            return None
        units = list(HandlingUnit.objects.all())
        exact = [unit for unit in units if typed in (unit.name, unit.short_name)]
        found = exact or [unit for unit in units if typed in unit.name or typed in unit.short_name]
        if not found:
            raise forms.ValidationError(f"没有名称含“{typed}”的承办单位，请从列表中选择。")
        if len(found) > 1:
            names = "、".join(unit.name for unit in found)
            raise forms.ValidationError(f"名称含“{typed}”的有{names}，请再写几个字。")
        return found[0]
