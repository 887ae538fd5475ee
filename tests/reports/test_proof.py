"""Each number of the report is the length, or the sum, of the list behind it (bar 1)."""

import io
import re
from datetime import date
from itertools import islice

import pytest
from django.db import transaction

from congress.numerals import percent
from groups.models import DelegateGroup
from reports.figures import by_key, report_figures
from reports.models import AnnualReport
from reports.proof.catalogue import FACTS, FIGURES, FIGURES_OF_ONE, figure_of
from reports.proof.figure import Share
from reports.rendering import document_of

from .ledger_files import XX_TOWN, import_file
from .made_ledgers import made, workbook

YEARS = ("2020", "made-0", "made-22", "made-206")


@pytest.fixture(scope="module", params=YEARS)
def year(request, django_db_setup, django_db_blocker):
    """The report of a year, its records in the database for all tests over it."""
    with django_db_blocker.unblock(), transaction.atomic():
        if request.param == "2020":
            import_file(io.BytesIO(XX_TOWN.read_bytes()))
        else:
            import_file(workbook(made(int(request.param.removeprefix("made-")))))
        yield AnnualReport.objects.get()
        transaction.set_rollback(True)


@pytest.fixture
def report(year, db):
    return year


def told_of(scope):
    """Every figure with the record that it is of, if any."""
    for figure in FIGURES.values():
        yield figure, None
    for figure in (*FIGURES_OF_ONE.values(), *FACTS.values()):
        if figure.of_one:
            for one in islice(figure.about(scope), 2):
                yield figure, one.pk
        else:
            yield figure, None


def counted(figure, records, measure):
    """The number as somebody would count it who reads the list."""
    numbers = [getattr(record, measure) if measure else 1 for record in records]
    return min(numbers, default=0) if figure.each else sum(numbers)


def test_every_number_is_its_list(report):
    scope = report.scope
    for figure, of in told_of(scope):
        listed = figure.kind.prepare(figure.listed(scope, of))
        part = list(listed)
        assert listed.ordered, figure.key
        shown = [[column.text_of(record) for column in figure.kind.columns] for record in part]
        assert all(map(any, shown)), figure.key
        assert all(figure.kind.label(record) for record in part), figure.key
        assert all(figure.kind.address(record) for record in part), figure.key
        number = counted(figure, part, figure.measure)
        if figure.is_rate:
            whole = list(figure.listed(scope, of, whole=True))
            measure = figure.whole_measure or figure.measure
            number = Share(number, counted(figure, whole, measure))
            if figure.whole:
                rest = list(figure.rest(scope, of))
                assert sorted([*part, *rest], key=id_of) == sorted(whole, key=id_of), figure.key
        assert figure.value(scope, of) == number, figure.key


def id_of(record):
    return record.pk


def test_every_number_is_that_of_the_report(report):
    scope = report.scope
    figures = report_figures(scope)
    numbers = by_key(figures)
    alike = {key: number for key, number in numbers.items() if isinstance(number, int)}
    topics = FIGURES_OF_ONE["feedback.topic"]

    assert {key: FIGURES[key].value(scope) for key in alike} == alike
    assert FIGURES["feedback.topics"].value(scope) == len(numbers["feedback.topics"])
    assert [[topic.name, topics.value(scope, topic.pk)] for topic in topics.about(scope)] == (
        numbers["feedback.topics"]
    )
    assert {letter: FIGURES[f"feedback.outcome.{letter}"].value(scope) for letter in "ABCD"} == (
        numbers["feedback.outcomes"]
    )
    assert {
        key.removeprefix("rate."): list(figure.value(scope))
        for key, figure in FIGURES.items()
        if key.startswith("rate.")
    } == numbers["feedback.rates"]
    for kind in ("training", "inspection", "evaluation"):
        days = [activity.date.isoformat() for activity in FIGURES[kind].listed(scope)]
        assert days == numbers[f"{kind}.dates"]
    duty, attendance = figures.duty, figures.activities.attendance
    assert {
        key: FIGURES[key].value(scope)
        for key in (
            "delegates.persons", "delegates.women", "rooms.rules", "feedback.accepted",
            "feedback.assigned", "duty.issued", "duty.returned", "duty.valid", "duty.abstained",
            "duty.rejected", "duty.best_rate", "duty.approved_rate", "attendance.rate",
            "reception.moved", "reception.without_visitor", "law_check", "other",
            "attendance.absent_for_work", "sessions.held", "plan.unfinished", "drafts.bills",
        )
    } == {
        "delegates.persons": figures.delegates.persons,
        "delegates.women": figures.delegates.women,
        "rooms.rules": sum(room.rules_on_wall for room in figures.groups.rooms),
        "feedback.accepted": figures.feedback.accepted,
        "feedback.assigned": figures.feedback.assigned,
        "duty.issued": duty.issued,
        "duty.returned": duty.returned,
        "duty.valid": duty.valid,
        "duty.abstained": duty.abstained,
        "duty.rejected": duty.rejected,
        "duty.best_rate": (duty.satisfied, duty.valid),
        "duty.approved_rate": (duty.approved, duty.valid),
        "attendance.rate": (attendance.present, attendance.expected),
        "reception.moved": figures.reception.moved,
        "reception.without_visitor": figures.reception.without_visitor,
        "law_check": len(figures.activities.law_check),
        "other": len(figures.activities.other),
        "attendance.absent_for_work": dict(attendance.absent_reasons).get("work", 0),
        "sessions.held": len(figures.sessions.held),
        "plan.unfinished": len(figures.outlook.items),
        "drafts.bills": len(figures.outlook.bills),
    }  # fmt: skip


NUMBER = re.compile(r"\d+(?:\.\d+)?%?")


def numbers_in(*texts):
    return {number.lstrip("0") or "0" for text in texts for number in NUMBER.findall(text)}


def computed_runs(document):
    paragraphs = [
        *document.preface,
        *(paragraph for chapter in document.chapters for paragraph in chapter.paragraphs),
        *(
            paragraph
            for chapter in document.chapters
            for section in chapter.sections
            for paragraph in (section.heading, *section.paragraphs)
        ),
    ]
    for paragraph in paragraphs:
        for piece in paragraph.pieces:
            yield from piece.runs if not piece.place else ()


def test_every_number_of_the_text_is_its_figure(report):
    assert_told_by_figures(report)


def test_so_it_is_in_the_report_of_a_group_on_half_a_year(report):
    part = AnnualReport.objects.create(
        year=report.year,
        kind="half",
        start=date(report.year, 1, 1),
        cut_off=date(report.year, 6, 30),
        group=DelegateGroup.objects.first(),
    )

    assert_told_by_figures(part)


def assert_told_by_figures(report):
    runs = list(computed_runs(document_of(report)))
    figures = report.scope

    assert [run.text for run in runs if not run.figure and NUMBER.search(run.text)] == []
    for run in {run for run in runs if run.figure}:
        key, _, of = run.figure.partition(":")
        figure, of = figure_of(key), int(of) if of else None
        if figure.is_number:
            value = figure.value(figures, of)
            told = percent(*value) if isinstance(value, Share) else str(value)
            assert (run.figure, run.text) == (run.figure, told)
        else:
            records = figure.kind.prepare(figure.listed(figures, of))
            cells = [c.text_of(record) for record in records for c in figure.kind.columns]
            # Of the year's plan nothing may be on record, while duty reports are.
            assert run.text in numbers_in(*cells) or (key == "plan" and not cells), run


def test_round_figures_are_linked_too(report):
    runs = list(computed_runs(document_of(report, style="approximate")))

    assert [run.text for run in runs if not run.figure and NUMBER.search(run.text)] == []
