"""The system checks name the characters that no font prints."""

import pytest

from congress import fonts
from delegates import checks
from tests import factory


@pytest.fixture
def only_basic_plane(monkeypatch):
    monkeypatch.setattr(fonts, "_covered", lambda: frozenset(range(0x3400, 0xA000)))


def told(messages):
    return [(message.id, message.msg) for message in messages]


def test_sound_installation_has_nothing_to_say():
    assert checks.general_characters_have_fonts(None) == []


def test_general_characters_without_font(only_basic_plane):
    [(id_, message)] = told(checks.general_characters_have_fonts(None))

    assert id_ == "delegates.W001"
    assert message.startswith("已装的字体缺少《通用规范汉字表》中的196个字，会印成空框：")
    assert message.endswith("等。")


@pytest.mark.django_db
def test_names_without_font(only_basic_plane):
    for name in ("王喆", "黄𬱖", "李𫖮明"):
        factory.make_delegate(name=name)

    assert told(checks.names_have_fonts(None, ["default"])) == [
        ("delegates.W002", "已装的字体缺少代表姓名中的字，会印成空框：黄𬱖（𬱖）、李𫖮明（𫖮）。")
    ]
    assert checks.names_have_fonts(None, None) == []


def test_without_fontconfig_nothing_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    fonts._covered.cache_clear()

    assert fonts.without_font("𱍊") == ""
    fonts._covered.cache_clear()


def test_what_is_not_printed_needs_no_font():
    assert fonts.without_font("王 喆\u3000葛\U000e0100\n𱍊𱍊") == "𱍊"
