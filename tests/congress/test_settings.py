"""A wrong value stops the start with one sentence; a right one is what Django gets."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

SECRET = "a-secret-of-more-than-fifty-characters-0123456789abcdef"
PERSONAL = "another-secret-of-more-than-fifty-characters-0123456789"
PRODUCTION = {
    "SECRET_KEY": SECRET,
    "PERSONAL_DATA_KEY": PERSONAL,
    "ALLOWED_HOSTS": "rd.example.gov.cn",
}


def start(command, **environment):
    """Run Python in a process whose environment holds nothing but what is given."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def value_of(expression, **environment):
    program = f"import json; from congress import settings; print(json.dumps({expression}))"
    return json.loads(start(["-c", program], **environment).stdout)


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({}, "SECRET_KEY 没有给出，应为至少50个字符的随机字符串"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY 不够长或重复太多，应为至少50个字符的随机字符串"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY 不够长或重复太多，应为至少50个字符的随机字符串"),
        (
            {"SECRET_KEY": SECRET},
            "PERSONAL_DATA_KEY 没有给出，应为至少50个字符的随机字符串，"
            "更换时新的在前、旧的在后，用英文逗号隔开",
        ),
        (
            PRODUCTION | {"PERSONAL_DATA_KEY": f"{PERSONAL},short"},
            "PERSONAL_DATA_KEY 不够长或重复太多，应为至少50个字符的随机字符串，"
            "更换时新的在前、旧的在后，用英文逗号隔开",
        ),
        (
            PRODUCTION | {"SECRET_KEY_FALLBACKS": f"{PERSONAL},short"},
            "SECRET_KEY_FALLBACKS 不够长或重复太多，应为至少50个字符的随机字符串，"
            "几个用英文逗号隔开，不用时去掉",
        ),
        (
            {"SECRET_KEY": SECRET, "PERSONAL_DATA_KEY": PERSONAL},
            "ALLOWED_HOSTS 没有给出，应为用英文逗号隔开的主机名，不带协议和端口，"
            "如 rd.example.gov.cn",
        ),
        (
            PRODUCTION | {"ALLOWED_HOSTS": "https://rd.example.gov.cn"},
            "ALLOWED_HOSTS 中的“https://rd.example.gov.cn”不是主机名，"
            "应为用英文逗号隔开的主机名，不带协议和端口，如 rd.example.gov.cn",
        ),
        (
            PRODUCTION | {"ALLOWED_HOSTS": "rd.example.gov.cn, *"},
            "ALLOWED_HOSTS 中的“*”不是主机名，应为用英文逗号隔开的主机名，不带协议和端口，"
            "如 rd.example.gov.cn",
        ),
        (
            PRODUCTION | {"CSRF_TRUSTED_ORIGINS": "rd.example.gov.cn"},
            "CSRF_TRUSTED_ORIGINS 中的“rd.example.gov.cn”无效，"
            "应为用英文逗号隔开的来源，如 https://rd.example.gov.cn",
        ),
        (
            {"DEBUG": "maybe"},
            "DEBUG 的值“maybe”不是是非值，应为 1、true、yes、on（是）或 0、false、no、off（否）",
        ),
        (
            {"DEMO": "2"},
            "DEMO 的值“2”不是是非值，应为 1、true、yes、on（是）或 0、false、no、off（否）",
        ),
        ({"TODAY": "2020-08-20"}, "TODAY 只能与 DEMO=1 一起使用，应为空"),
        (
            {"DEMO": "1", "TODAY": "2020-02-30"},
            "TODAY 的值“2020-02-30”不是日期，应为年-月-日，如 2020-08-20",
        ),
        (
            PRODUCTION | {"DATABASE_URL": "mysql://root:hidden@db/town"},
            "DATABASE_URL 的类型“mysql”不受支持，"
            "应为 sqlite:////目录/文件 或 postgresql://用户:口令@主机:端口/库名",
        ),
        (
            PRODUCTION | {"DATABASE_URL": "postgresql://town:hidden@db:port/town"},
            "DATABASE_URL 中的端口不是1至65535的数字，"
            "应为 sqlite:////目录/文件 或 postgresql://用户:口令@主机:端口/库名",
        ),
        (
            PRODUCTION | {"DATABASE_URL": "postgresql://db"},
            "DATABASE_URL 没有写明数据库，"
            "应为 sqlite:////目录/文件 或 postgresql://用户:口令@主机:端口/库名",
        ),
        (
            PRODUCTION | {"DATABASE_URL": "sqlite:///town.sqlite3"},
            "DATABASE_URL 中的文件不是绝对路径，"
            "应为 sqlite:////目录/文件 或 postgresql://用户:口令@主机:端口/库名",
        ),
        (
            PRODUCTION | {"DATABASE_URL": "postgresql://db/town", "CONN_MAX_AGE": "-1"},
            "CONN_MAX_AGE 的值“-1”无效，应为不小于0的整数",
        ),
        (
            PRODUCTION | {"SECURE_HSTS_SECONDS": "1y"},
            "SECURE_HSTS_SECONDS 的值“1y”无效，应为不小于0的整数",
        ),
        (
            PRODUCTION | {"MEDIA_ROOT": "media"},
            "MEDIA_ROOT 的值“media”是相对路径，应为以 / 开头的绝对路径",
        ),
        (
            PRODUCTION | {"LOG_LEVEL": "loud"},
            "LOG_LEVEL 的值“loud”无效，应为 DEBUG、INFO、WARNING、ERROR 之一",
        ),
    ],
)
def test_wrong_value_stops_the_start(environment, sentence):
    ended = start(["manage.py", "check"], **environment)

    assert (ended.returncode, ended.stdout, ended.stderr) == (
        1,
        "",
        f"程序没有启动：环境变量 {sentence}。\n",
    )


def test_production_is_secure_by_default():
    ended = start(["manage.py", "check", "--deploy", "--fail-level", "WARNING"], **PRODUCTION)

    assert (ended.returncode, ended.stderr) == (0, "")


def test_production_sends_everything_by_https():
    expression = (
        "[[settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, "
        "settings.SESSION_COOKIE_HTTPONLY, settings.SESSION_COOKIE_SAMESITE], "
        "[settings.CSRF_COOKIE_NAME, settings.CSRF_COOKIE_SECURE, "
        "settings.CSRF_COOKIE_HTTPONLY, settings.CSRF_COOKIE_SAMESITE], "
        "settings.SECURE_HSTS_SECONDS, settings.SECURE_SSL_REDIRECT, "
        "settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['upgrade-insecure-requests']]"
    )

    assert value_of(expression, **PRODUCTION) == [
        ["__Host-session", True, True, "Lax"],
        ["__Host-csrf", True, True, "Lax"],
        365 * 24 * 3600,
        True,
        True,
    ]


def test_the_newest_key_of_personal_data_stands_first():
    keys = value_of(
        "settings.PERSONAL_DATA_KEYS", **PRODUCTION | {"PERSONAL_DATA_KEY": f"{PERSONAL}, {SECRET}"}
    )

    assert keys == [PERSONAL, SECRET]


def test_former_secret_keys_are_kept_for_what_they_proved():
    former = f"{PERSONAL}, {SECRET[::-1]}"

    keys = value_of(
        "settings.SECRET_KEY_FALLBACKS", **PRODUCTION | {"SECRET_KEY_FALLBACKS": former}
    )

    assert keys == [PERSONAL, SECRET[::-1]]
    assert value_of("settings.SECRET_KEY_FALLBACKS", **PRODUCTION) == []


def test_sqlite_waits_for_its_turn_to_write():
    database = value_of(
        "settings.DATABASES['default']", **PRODUCTION, DATABASE_URL="sqlite:////srv/a%20b/db"
    )

    assert database == {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": "/srv/a b/db",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;"
            ),
        },
    }


def test_postgresql_keeps_its_connections():
    database = value_of(
        "settings.DATABASES['default']",
        **PRODUCTION,
        DATABASE_URL="postgresql://town:p%40ss@db.example:5433/congress?sslmode=require",
    )

    assert database == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "congress",
        "USER": "town",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"connect_timeout": "5", "sslmode": "require"},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def test_demonstration_serves_plain_http_on_this_machine_only():
    expression = (
        "[settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT, settings.SESSION_COOKIE_SECURE, "
        "settings.SECURE_HSTS_SECONDS, settings.DEBUG, str(settings.TODAY)]"
    )

    assert value_of(expression, DEMO="1", TODAY="2020-08-20") == [
        ["localhost", "127.0.0.1", "[::1]"],
        False,
        False,
        0,
        False,
        "2020-08-20",
    ]


def test_proxy_header_is_trusted_only_behind_a_proxy():
    expression = "getattr(settings, 'SECURE_PROXY_SSL_HEADER', None)"

    assert value_of(expression, **PRODUCTION) is None
    assert value_of(expression, **PRODUCTION, BEHIND_PROXY="yes") == [
        "HTTP_X_FORWARDED_PROTO",
        "https",
    ]
