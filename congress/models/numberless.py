"""Texts that all sorts of readers are shown: no telephone number and no 身份证号 stands in them.

A title goes into lists, menus, messages and papers, a trail is never rewritten: the numbers are
masked before they are stored, and those stored earlier as they are read. The column is that of
the field that is replaced.
"""

from django.db import models

from congress.privacy import without_personal_numbers


class _Numberless:
    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.stored_as}", args, kwargs

    def to_python(self, value):
        return _without_numbers(super().to_python(value))

    def get_prep_value(self, value):
        return _without_numbers(super().get_prep_value(value))

    def from_db_value(self, value, expression, connection):
        return _without_numbers(value)

    def pre_save(self, instance, add):
        """The record in hand reads as it is stored."""
        value = _without_numbers(super().pre_save(instance, add))
        setattr(instance, self.attname, value)
        return value


class NumberlessLine(_Numberless, models.CharField):
    stored_as = "CharField"


class NumberlessText(_Numberless, models.TextField):
    stored_as = "TextField"


def _without_numbers(value):
    return without_personal_numbers(value) if isinstance(value, str) else value
