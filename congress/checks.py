"""System checks of this installation: what would make it unsafe, or its documents ugly or slow.

`manage.py check` runs them; each message has an id and says what to do.
"""

import ctypes
import shutil
import subprocess

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import connections
from django.db.models import F

from . import append_only
from .models import User
from .roles import Role

LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]"}
FANG_SONG_FAMILIES = ("FangSong_GB2312", "FangSong", "STFangsong")


@register(Tags.security)
def demonstration_stays_at_home(app_configs, **kwargs):
    """Demonstration accounts have passwords that anyone may read."""
    strangers = sorted(set(settings.ALLOWED_HOSTS) - LOCAL_HOSTS)
    if not strangers or settings.PRODUCTION:
        return []
    return [
        Error(
            f"演示或调试方式下，程序对其他主机名开放：{'、'.join(strangers)}。",
            hint="正式使用时去掉环境变量 DEMO 和 DEBUG；演示时去掉 ALLOWED_HOSTS。",
            id="congress.E001",
        )
    ]


@register(Tags.security)
def connections_are_encrypted(app_configs, **kwargs):
    """Names, phone numbers and the voters' words travel over the town's network."""
    if not settings.PRODUCTION:
        return []
    found = []
    if not settings.SECURE_SSL_REDIRECT:
        found.append(
            Warning(
                "没有要求加密连接，口令和选民信息可能被他人截取。",
                hint="去掉环境变量 SECURE_SSL_REDIRECT，或设为 1。",
                id="congress.W001",
            )
        )
    if not settings.SECURE_HSTS_SECONDS:
        found.append(
            Warning(
                "没有要求浏览器始终使用加密连接。",
                hint="去掉环境变量 SECURE_HSTS_SECONDS，或设为大于0的秒数。",
                id="congress.W002",
            )
        )
    return found


@register(Tags.compatibility)
def documents_can_be_set(app_configs, **kwargs):
    """The libraries and fonts that the PDF of a report needs."""
    found = []
    if not library_loads("libpango-1.0.so.0") or not library_loads("libpangoft2-1.0.so.0"):
        found.append(
            Error(
                "缺少排版库 Pango，不能生成 PDF。",
                hint="安装系统软件包 libpango-1.0-0 和 libpangoft2-1.0-0。",
                id="congress.E002",
            )
        )
    if not library_loads("libharfbuzz-subset.so.0"):
        found.append(
            Warning(
                "缺少字体子集库，生成 PDF 会慢20至40倍。",
                hint="安装系统软件包 libharfbuzz-subset0。",
                id="congress.W003",
            )
        )
    fang_song = settings.BASE_DIR / "static" / "fonts" / "FandolFang-Regular.otf"
    if not fang_song.is_file() and not any(map(font_exists, FANG_SONG_FAMILIES)):
        found.append(
            Error(
                "没有仿宋字体，公文不能按规定的字体排印。",
                hint="恢复文件 static/fonts/FandolFang-Regular.otf，或安装仿宋字体。",
                id="congress.E003",
            )
        )
    if shutil.which("fc-list") is None:
        found.append(
            Warning(
                "没有找到 fontconfig，不能核对姓名中的生僻字有没有字体。",
                hint="安装系统软件包 fontconfig。",
                id="congress.W004",
            )
        )
    return found


@register(Tags.database)
def trails_cannot_be_changed(app_configs, databases, **kwargs):
    """The triggers of append-only tables; a migration that broke off leaves them lifted."""
    return [
        Warning(
            f"数据表 {table} 的记录本来只能增加，现在却可以修改和删除。",
            hint="运行 manage.py migrate，会自动恢复保护。",
            id="congress.W005",
        )
        for alias in databases or []
        for table in append_only.unprotected(connections[alias])
    ]


@register(Tags.database)
def demonstration_accounts_are_gone(app_configs, databases, **kwargs):
    """A database that began as a demonstration keeps its accounts, whose names all know."""
    if not settings.PRODUCTION:
        return []
    left = User.objects.filter(username__in=Role.values, username=F("role"), is_active=True)
    names = sorted(
        name
        for alias in databases or []
        # "migrate" asks before it has made the tables.
        if User._meta.db_table in connections[alias].introspection.table_names()
        for name in left.using(alias).values_list("username", flat=True)
    )
    if not names:
        return []
    return [
        Warning(
            f"正式使用的系统里还有启用的演示账号：{'、'.join(names)}。",
            hint="给每人各建账号，停用演示账号；manage.py check_accounts 列出全部有问题的账号。",
            id="congress.W020",
        )
    ]


def library_loads(name):
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def font_exists(pattern):
    """Tell whether fontconfig knows a font of that pattern; see fc-list(1)."""
    try:
        listed = subprocess.run(
            ["fc-list", pattern, "family"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    return bool(listed.stdout.strip())
