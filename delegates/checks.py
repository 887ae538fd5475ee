"""System checks of people: whether fonts print the names, the search finds them, the key opens."""

from django.core.checks import Error, Tags, Warning, register
from django.db import connections

from congress.fonts import without_font
from congress.sealing import Sealed, unseal

from .models import Delegate
from .name_keys import out_of_step
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
        if (told := _told(_values(alias, "name")))
    ]


@register(Tags.database)
def names_are_found(app_configs, databases, **kwargs):
    """Nobody's search key was left behind by a newer table of readings."""
    return [
        Warning(
            f"有{behind}位代表按姓名、拼音可能检索不到。",
            hint="运行 manage.py migrate，会自动更新。",
            id="delegates.W003",
        )
        for alias in databases or []
        if _has_column(alias, "name_key")
        and (behind := sum(1 for _ in out_of_step(Delegate.objects.using(alias))))
    ]


@register(Tags.database)
def identities_open(app_configs, databases, **kwargs):
    """The key of this installation opens every ID number that is kept."""
    return [
        Error(
            f"有{closed}位代表的身份证号用现在的 PERSONAL_DATA_KEY 打不开。",
            hint="把以前用过的 PERSONAL_DATA_KEY 加在后面，用英文逗号隔开。",
            id="delegates.E001",
        )
        for alias in databases or []
        if (closed := sum(map(_is_closed, _values(alias, "identity_sealed"))))
    ]


def _is_closed(sealed: str) -> bool:
    if not sealed:
        return False
    try:
        unseal(sealed)
    except Sealed:
        return True
    return False


def _has_column(alias: str, name: str) -> bool:
    """Checks also run before the database is migrated."""
    connection = connections[alias]
    table = Delegate._meta.db_table
    with connection.cursor() as cursor:
        return table in connection.introspection.table_names(cursor) and any(
            column.name == name
            for column in connection.introspection.get_table_description(cursor, table)
        )


def _values(alias: str, column: str) -> list[str]:
    if not _has_column(alias, column):
        return []
    return list(Delegate.objects.using(alias).order_by("pk").values_list(column, flat=True))


def _told(names: list[str]) -> str:
    missing = without_font("".join(names))
    found = [
        f"{name}（{'、'.join(sign for sign in missing if sign in name)}）"
        for name in names
        if missing and set(name) & set(missing)
    ]
    return "、".join(found[:MOST_NAMED]) + ("等" if len(found) > MOST_NAMED else "")
