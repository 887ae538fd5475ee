"""``<year:…>`` in an address: 1900 to 2099, as a number."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class YearConverter(StringConverter):
    regex = "(?:19|20)[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)


register_converter(YearConverter, "year")
