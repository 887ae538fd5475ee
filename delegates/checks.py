"""System checks of names: whether the fonts of this installation print them."""

from django.core.checks import Tags, Warning, register
from django.db import connections

from congress.fonts import without_font

from .models import Delegate
from .strokes import general_characters

#: So many characters and names are told of at most.
MOST_NAMED = 40
HINT = "安装系统软件包 fonts-noto-cjk，仍缺的再安装收字更全的字体，然后重新启动程序。"


@register(Tags.compatibility)
def general_characters_have_fonts(app_configs, **kwargs):
    """Names are written with the 8,105 characters of 通用规范汉字表 (GB 18030—2022, level 2)."""
    missing = without_font(general_characters())
    if not missing:
        return []
    told = missing[:MOST_NAMED] + ("等" if len(missing) > MOST_NAMED else "")
    return [
        Warning(
            f"已装的字体缺少《通用规范汉字表》中的{len(missing)}个字，会印成空框：{told}。",
            hint=HINT,
            id="delegates.W001",
        )
    ]


@register(Tags.database)
def names_have_fonts(app_configs, databases, **kwargs):
    """The names of the delegates there are, each with the characters that would be boxes."""
    return [
        Warning(
            f"已装的字体缺少代表姓名中的字，会印成空框：{told}。",
            hint=HINT,
            id="delegates.W002",
        )
        for alias in databases or []
        if (told := _told(_names(alias)))
    ]


def _names(alias: str) -> list[str]:
    connection = connections[alias]
    if Delegate._meta.db_table not in connection.introspection.table_names():
        return []
    return list(Delegate.objects.using(alias).order_by("pk").values_list("name", flat=True))


def _told(names: list[str]) -> str:
    missing = without_font("".join(names))
    found = [
        f"{name}（{'、'.join(sign for sign in missing if sign in name)}）"
        for name in names
        if missing and set(name) & set(missing)
    ]
    return "、".join(found[:MOST_NAMED]) + ("等" if len(found) > MOST_NAMED else "")
