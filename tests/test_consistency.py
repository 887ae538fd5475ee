"""What must hold all over the tree, and that no single test would notice."""

import ast
import re
import tomllib

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

ROOMS = ("congress", "delegates", "groups", "voters", "reports")
ROOF = re.compile(r"congress/(settings|urls|dashboard|views/dashboard|management/.*)\.py")
LONGEST_FILE = 300
NAMELESS_FILES = {"utils.py", "helpers.py", "misc.py", "common.py"}
HAN = re.compile(r"[\u4e00-\u9fff]|^PDF$")

BASE = settings.BASE_DIR
SOURCES = sorted(path for room in ROOMS for path in (BASE / room).rglob("*.py"))
TEMPLATES = sorted((BASE / "templates").rglob("*.html"))
OWN_MODELS = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]


def place(path):
    return path.relative_to(BASE).as_posix()


def rooms_used(path):
    """Yield the rooms that a file imports or names as "room.Model", each with its line."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            names = re.findall(r"^(\w+)\.\w+$", node.value)
        else:
            continue
        for name in names:
            room = name.split(".")[0]
            if room in ROOMS:
                yield room, node.lineno


def test_imports_go_one_way():
    upward = [
        f"{place(path)}:{line} uses {room}"
        for path in SOURCES
        if not ROOF.fullmatch(place(path))
        for room, line in rooms_used(path)
        if ROOMS.index(room) > ROOMS.index(place(path).split("/")[0])
    ]

    assert upward == []


def test_only_one_file_knows_the_pdf_engine():
    importing = [
        place(path)
        for path in SOURCES
        if re.search(r"^\s*(import|from) weasyprint", path.read_text(), re.MULTILINE)
    ]

    assert importing == ["congress/pdf_engine.py"]


def test_files_are_rooms():
    too_long = [
        f"{place(path)}: {lines} lines"
        for path in SOURCES
        if "migrations" not in path.parts
        and (lines := len(path.read_text().splitlines())) > LONGEST_FILE
    ]

    assert too_long == []
    assert [place(path) for path in SOURCES if path.name in NAMELESS_FILES] == []


def test_nothing_is_left_for_later():
    later = re.compile(r"\b(TODO|FIXME|XXX)\b|NotImplemented\b|mark\.(skip|xfail)|pytest\.skip")
    tests = sorted((BASE / "tests").rglob("*.py"))
    found = [
        f"{place(path)}:{number}"
        for path in [*SOURCES, *TEMPLATES, *tests]
        if path.name != "test_consistency.py"
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if later.search(line)
    ]

    assert found == []


def test_templates_hold_neither_style_nor_script():
    inline = re.compile(
        r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:"
        r"|<script(?![^>]*(\ssrc=|application/json))",
        re.IGNORECASE,
    )
    found = [
        f"{place(path)}:{number}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if inline.search(line)
    ]

    assert found == []


def test_constraints_tell_the_clerk_what_to_do():
    silent = [
        f"{model._meta.label}: {constraint.name}"
        for model in OWN_MODELS
        for constraint in model._meta.constraints
        if not HAN.search(str(constraint.violation_error_message))
    ]

    assert silent == []


def test_records_and_fields_have_chinese_names():
    nameless = [
        label
        for model in OWN_MODELS
        for label, name in [
            (model._meta.label, model._meta.verbose_name),
            *(
                (f"{model._meta.label}.{field.name}", field.verbose_name)
                for field in model._meta.fields
                if not field.primary_key
            ),
        ]
        if not HAN.search(str(name))
    ]

    assert nameless == []


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_locks_hold_exactly_the_named_versions():
    project = tomllib.loads((BASE / "pyproject.toml").read_text())
    locked = {
        name: (BASE / name).read_text().splitlines()
        for name in ("requirements.lock", "requirements-dev.lock")
    }
    named = [
        re.sub(r"\[.*\]", "", line).lower()
        for line in project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    ]
    lines = [line for part in locked.values() for line in part]
    pins = [line.lower() for line in lines if not line.startswith(("#", "-r "))]

    assert sorted(set(named) - set(pins)) == []
    assert [pin for pin in pins if not re.fullmatch(r"[\w.-]+==[\w.]+", pin)] == []


def test_the_table_of_level_2_names_what_there_is():
    """Each demand names what does it and a test, or says that people do it by hand."""
    table = (BASE / "README.md").read_text().split("### Level 2", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("|")][2:]
    named = {demand.strip(): re.findall("`([^`/][^`]*)`", where) for demand, where, _ in rows}
    tests = {demand.strip(): re.findall("`([^`]*)`", held) for demand, _, held in rows}

    missing = [
        path
        for paths in (*named.values(), *tests.values())
        for path in paths
        if not (BASE / path).exists()
    ]
    unheld = [row[0].strip() for row in rows if not re.search("`tests/|by hand", row[2])]
    assert (len(rows) > 15, missing, unheld) == (True, [], [])
