"""Each system check is silent on a sound installation and speaks with its id on a wrong one."""

import pytest

from congress import checks


def ids(messages):
    return [message.id for message in messages]


def test_sound_installation_has_nothing_to_say(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 3600

    assert checks.demonstration_stays_at_home(None) == []
    assert checks.connections_are_encrypted(None) == []
    assert checks.documents_can_be_set(None) == []


def test_demonstration_open_to_others(settings):
    settings.PRODUCTION = False
    settings.ALLOWED_HOSTS = ["localhost", "rd.example.gov.cn"]

    assert ids(checks.demonstration_stays_at_home(None)) == ["congress.E001"]


def test_demonstration_on_this_machine(settings):
    settings.PRODUCTION = False
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

    assert checks.demonstration_stays_at_home(None) == []
    assert checks.connections_are_encrypted(None) == []


def test_production_without_encryption(settings):
    settings.SECURE_SSL_REDIRECT = False
    settings.SECURE_HSTS_SECONDS = 0

    assert ids(checks.connections_are_encrypted(None)) == ["congress.W001", "congress.W002"]


@pytest.mark.parametrize(
    ("library", "expected"),
    [
        ("libpango-1.0.so.0", ["congress.E002"]),
        ("libpangoft2-1.0.so.0", ["congress.E002"]),
        ("libharfbuzz-subset.so.0", ["congress.W003"]),
    ],
)
def test_missing_library(monkeypatch, library, expected):
    monkeypatch.setattr(checks, "library_loads", lambda name: name != library)

    assert ids(checks.documents_can_be_set(None)) == expected


def test_missing_fonts(monkeypatch, settings, tmp_path):
    settings.BASE_DIR = tmp_path
    monkeypatch.setenv("PATH", str(tmp_path))

    assert ids(checks.documents_can_be_set(None)) == ["congress.E003", "congress.W004"]


def test_library_that_does_not_exist():
    assert checks.library_loads("libno-such-library.so.0") is False
