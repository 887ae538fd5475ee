"""Strict reading of the environment.

A value that is not understood stops the start: one sentence on standard error names the
variable, its value and what is expected, and the process ends with exit code 1.
"""

import datetime
import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

TRUE_WORDS = ("1", "true", "yes", "on")
FALSE_WORDS = ("0", "false", "no", "off")
DATABASE_FORMS = " sqlite:////目录/文件 或 postgresql://用户:口令@主机:端口/库名"


def wrong(name, problem, expected):
    """Return the exception that ends the start with one sentence and exit code 1."""
    return SystemExit(f"程序没有启动：环境变量 {name} {problem}，应为{expected}。")


def text(name, default=""):
    """Return the value without surrounding blanks; an empty value counts as not given."""
    return os.environ.get(name, "").strip() or default


def secret(name):
    """Return a random string; the sentence of a weak one does not repeat it."""
    value = text(name)
    if is_weak(value):
        problem = "不够长或重复太多" if value else "没有给出"
        raise wrong(name, problem, "至少50个字符的随机字符串")
    return value


def secrets(name):
    """Return one or more random strings; the newest stands first."""
    values = names(name)
    expected = "至少50个字符的随机字符串，更换时新的在前、旧的在后，用英文逗号隔开"
    if not values:
        raise wrong(name, "没有给出", expected)
    if any(map(is_weak, values)):
        raise wrong(name, "不够长或重复太多", expected)
    return values


def former_secrets(name):
    """Return random strings that were in use before; none unless given."""
    values = names(name)
    if any(map(is_weak, values)):
        expected = "至少50个字符的随机字符串，几个用英文逗号隔开，不用时去掉"
        raise wrong(name, "不够长或重复太多", expected)
    return values


def is_weak(value):
    return len(value) < 50 or len(set(value)) < 5


def boolean(name, default=False):
    word = text(name).lower()
    if not word:
        return default
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise wrong(
        name,
        f"的值“{text(name)}”不是是非值",
        f" {'、'.join(TRUE_WORDS)}（是）或 {'、'.join(FALSE_WORDS)}（否）",
    )


def number(name, default, *, minimum=0):
    """Return a whole number of at least `minimum`."""
    value = text(name)
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and int(value) >= minimum):
        raise wrong(name, f"的值“{value}”无效", f"不小于{minimum}的整数")
    return int(value)


def one_of(name, default, choices):
    value = text(name, default)
    if value not in choices:
        raise wrong(name, f"的值“{value}”无效", f" {'、'.join(choices)} 之一")
    return value


def day(name):
    """Return a date written YYYY-MM-DD, or None when not given."""
    value = text(name)
    if not value:
        return None
    try:
        return datetime.datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError:
        raise wrong(name, f"的值“{value}”不是日期", "年-月-日，如 2020-08-20") from None


def path(name, default):
    """Return an absolute path; a relative one would depend on where the program is started."""
    value = Path(text(name, str(default)))
    if not value.is_absolute():
        raise wrong(name, f"的值“{value}”是相对路径", "以 / 开头的绝对路径")
    return value


def names(name):
    """Return what stands between commas; an empty list when the variable is not given."""
    return [value.strip() for value in text(name).split(",")] if text(name) else []


def hosts(name, *, required=False):
    """Return host names separated by commas; neither scheme nor port nor blank."""
    expected = "用英文逗号隔开的主机名，不带协议和端口，如 rd.example.gov.cn"
    values = names(name)
    if required and not values:
        raise wrong(name, "没有给出", expected)
    for value in values:
        if not value or any(sign in value for sign in "*/ \t") or value.count(":") == 1:
            raise wrong(name, f"中的“{value}”不是主机名", expected)
    return values


def origins(name):
    """Return origins (scheme and host) separated by commas."""
    values = names(name)
    for value in values:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path:
            raise wrong(
                name,
                f"中的“{value}”无效",
                "用英文逗号隔开的来源，如 https://rd.example.gov.cn",
            )
    return values


def database(name, default):
    """Return Django's NAME, ENGINE, … of a database address; see DATABASE_FORMS.

    The sentence of a wrong address never repeats it: it may hold a password.
    """
    parts = urlsplit(text(name, default))
    file_or_name = unquote(parts.path[1:])
    try:
        port = parts.port
    except ValueError:
        raise wrong(name, "中的端口不是1至65535的数字", DATABASE_FORMS) from None
    if not file_or_name:
        raise wrong(name, "没有写明数据库", DATABASE_FORMS)
    if parts.scheme == "sqlite":
        if parts.netloc or not Path(file_or_name).is_absolute():
            raise wrong(name, "中的文件不是绝对路径", DATABASE_FORMS)
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": file_or_name}
    if parts.scheme not in ("postgresql", "postgres"):
        raise wrong(name, f"的类型“{parts.scheme}”不受支持", DATABASE_FORMS)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": file_or_name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
