"""Writing a report place by place: saved once, kept step by step, never over somebody else's."""

import datetime
from urllib.parse import unquote

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from congress.editing import EditedMeanwhile
from reports.drafting.actions import stored_text, write_narrative
from reports.drafting.earlier import earlier
from reports.models import AnnualReport, Narrative
from tests import factory
from tests.factory import day

JSON = {"Accept": "application/json"}


@pytest.fixture
def moment(monkeypatch):
    """Return a function that lets minutes pass."""
    clock = {"now": datetime.datetime(2020, 8, 20, 9, tzinfo=datetime.UTC)}
    monkeypatch.setattr("reports.drafting.actions.now", lambda: clock["now"])

    def later(minutes):
        clock["now"] += datetime.timedelta(minutes=minutes)

    return later


@pytest.fixture
def report(db, set_today):
    set_today("2020-08-20")
    factory.make_township()
    return make_report(2020)


def make_report(year, **fields):
    values = {"start": day(f"{year}-01-01"), "cut_off": day(f"{year}-08-20"), **fields}
    return AnnualReport.objects.create(year=year, **values)


def write(user, report, place, text, **options):
    version = options.pop("version", stored_text(report, place).version)
    return write_narrative(
        user=user, report=report, place=place, text=text, version=version, **options
    ).narrative


def history(report, place="成效-1"):
    """Oldest first."""
    return list(
        report.revisions.filter(place=place).order_by("pk").values_list("by__username", "text")
    )


def post(client, place, do="save", **fields):
    address = reverse("narrative_save", args=["2020", place])
    return client.post(address, {"do": do, **fields}, headers=JSON)


# One text


def test_a_text_is_written_edited_and_taken_out(report, office, secretary):
    first = write(office, report, "成效-1", '有"成效".')
    assert (first.text, first.version, first.edited_by) == ("有“成效”.", 1, office)
    second = write(secretary, report, "成效-1", "有成效，好。")
    third = write(office, report, "成效-1", " \n")

    assert (second.version, third.version, third.text) == (2, 3, "")
    assert history(report) == [
        ("office", "有“成效”."),
        ("secretary", "有成效，好。"),
        ("office", ""),
    ]


def test_two_editors_never_overwrite_each_other(report, office, secretary):
    write(office, report, "成效-1", "甲。")

    for version in (0, 2, -1):
        with pytest.raises(EditedMeanwhile):
            write(secretary, report, "成效-1", "乙。", version=version)
    write(office, report, "成效-1", "")
    write(office, report, "成效-1", "丙。")
    with pytest.raises(EditedMeanwhile):
        write(secretary, report, "成效-1", "乙。", version=1)
    same = write(secretary, report, "成效-1", "丙。", version=0)

    assert (same.edited_by, same.version) == (office, 3)


def test_who_may_write_and_when(report, chair, office):
    with pytest.raises(PermissionDenied):
        write(chair, report, "成效-1", "甲。")
    with pytest.raises(ValidationError):
        write(office, report, "别处", "甲。")
    report.state = AnnualReport.State.SUBMITTED
    report.save()
    with pytest.raises(ValidationError, match="提交签发"):
        write(office, report, "成效-1", "甲。")

    assert (Narrative.objects.count(), report.revisions.count()) == (0, 0)


def test_typing_in_passing_makes_one_step_of_history(report, office, secretary, moment):
    for text in ("甲", "甲乙", "甲乙丙"):
        write(office, report, "成效-1", text, is_passing=True)
        moment(4)
    assert history(report) == [("office", "甲")]

    write(office, report, "成效-1", "甲乙丙")
    assert history(report)[1:] == [("office", "甲乙丙")]

    moment(1)
    write(office, report, "成效-1", "甲乙丙丁", is_passing=True)
    moment(20)
    write(secretary, report, "成效-1", "戊", is_passing=True)
    assert history(report)[2:] == [("office", "甲乙丙丁"), ("secretary", "戊")]


def test_what_a_ledger_brought_is_kept_when_it_is_changed(report, office):
    report.narratives.create(place="成效-1", text="台账的。")

    write(office, report, "成效-1", "改过的。", is_passing=True)

    assert history(report) == [(None, "台账的。"), ("office", "改过的。")]


def test_history_stands(report, office):
    write(office, report, "成效-1", "甲。")

    with pytest.raises(IntegrityError), transaction.atomic():
        report.revisions.update(text="乙。")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM reports_narrativerevision")
    assert history(report) == [("office", "甲。")]


# The page


@pytest.fixture
def last_year(report):
    before = make_report(2019, cut_off=day("2019-12-31"))
    before.narratives.create(place="成效-1", text="去年的成效。")
    before.narratives.create(place="成效-2", text="去年又有成效。")
    before.narratives.create(place="打算-接待选民", text="去年的打算。")
    return before


def test_carried_text_is_told_until_it_is_edited(report, last_year, office, logged_in):
    client = logged_in(office)
    address = reverse("report_draft", args=["2020"])
    page = client.get(address).content.decode()
    assert page.count("2019年写的") == 3
    assert '<button class="btn btn-sm btn-outline-secondary" name="do" value="carry"' in page

    answer = post(client, "成效-1", "carry", text="", version=0).json()
    assert (answer["text"], answer["origin"], answer["next"]) == (
        "去年的成效。",
        "沿用2019年，未改",
        "成效-2",
    )
    page = client.get(address).content.decode()
    assert '<span class="origin" data-origin>沿用2019年，未改</span>' in page
    assert post(client, "成效-1", text="去年的成效。", version=1).json()["origin"] != ""

    answer = post(client, "成效-1", text="今年的成效。", version=1).json()
    assert (answer["origin"], answer["version"]) == ("", 2)
    assert (stored_text(report, "成效-1").origin, history(report)) == (
        "written",
        [("office", "去年的成效。"), ("office", "今年的成效。")],
    )


def test_suggested_text_is_told_until_it_is_edited(report, office, logged_in):
    client = logged_in(office)
    answer = post(client, "前言-1", "suggest", text="", version=0).json()

    assert (answer["text"], answer["origin"]) == (
        "现将今年以来镇人大工作情况汇报如下：",
        "按记录拟写，未改",
    )
    nothing = post(client, "成效-1", "suggest", text="", version=0)
    assert (nothing.status_code, nothing.json()) == (
        422,
        {"said": "记录中没有可以据以拟写的内容。"},
    )


def test_what_was_put_right_is_shown_and_may_be_taken_back(report, office, logged_in):
    client = logged_in(office)
    answer = post(client, "成效-1", text="今年,有成效。", version=0).json()

    assert (answer["text"], answer["typed"]) == ("今年，有成效。", "今年,有成效。")
    assert "今年<del>,</del><ins>，</ins>有成效。" in answer["changes"]
    answer = post(client, "成效-1", "as_typed", text="今年,有成效。", version=1).json()
    assert (answer["text"], answer["changes"]) == ("今年,有成效。", "")


def test_a_conflict_shows_both_texts(report, office, secretary, logged_in):
    write(secretary, report, "成效-1", "秘书的写法。")
    client = logged_in(office)

    response = post(client, "成效-1", text="办公室的写法。", version=0)

    answer = response.json()
    assert (response.status_code, answer["theirs"], answer["version"]) == (409, "秘书的写法。", 1)
    assert "人大秘书刚改过这段文字" in answer["html"]
    assert "<del>秘书</del><ins>办公室</ins>的写法。" in answer["html"]
    post(client, "成效-1", "both", text="办公室的写法。", version=1)
    assert stored_text(report, "成效-1").text == "秘书的写法。\n办公室的写法。"


def test_without_script_the_page_itself_shows_both_texts(report, office, secretary, logged_in):
    write(secretary, report, "成效-1", "秘书的写法。")
    address = reverse("narrative_save", args=["2020", "成效-1"])
    client = logged_in(office)

    response = client.post(address, {"text": "办公室的写法。", "version": 0})

    page = response.content.decode()
    assert response.status_code == 409
    assert "秘书的写法。" in page
    assert "\n办公室的写法。</textarea>" in page
    response = client.post(address, {"text": "办公室的写法。", "version": 1, "do": "save"})
    assert unquote(response.url) == "/reports/2020/draft/#成效-1"
    assert stored_text(report, "成效-1").text == "办公室的写法。"


def test_a_place_that_no_report_has(report, office, logged_in):
    assert post(logged_in(office), "别处", text="甲", version=0).status_code == 404


def test_a_submitted_report_is_only_read(report, office, logged_in):
    report.state = AnnualReport.State.SUBMITTED
    report.save()
    client = logged_in(office)

    page = client.get(reverse("report_draft", args=["2020"])).content.decode()
    answer = post(client, "成效-1", text="甲。", version=0)

    assert '<button class="btn btn-sm' not in page
    assert page.count("<textarea") == page.count(" disabled>")
    assert (answer.status_code, answer.json()["said"][:6]) == (422, "报告已提交签")


def test_the_page_takes_the_same_queries_with_more_texts(report, office, logged_in, queries_of):
    client = logged_in(office)
    address = reverse("report_draft", args=["2020"])
    write(office, report, "成效-1", "甲。")
    one = queries_of(client, address)
    for number in (2, 3):
        write(office, report, f"成效-{number}", "乙。")
        write(office, report, f"问题-{number}", "丙。")

    assert queries_of(client, address) == one


# The report before


def test_the_report_before_is_of_the_same_kind(report):
    half = {"kind": "half", "cut_off": day("2020-06-30")}
    first_half = make_report(2020, **half)
    make_report(2019, kind="half", start=day("2019-07-01"), cut_off=day("2019-12-31"))
    assert earlier(report).report is None
    assert earlier(first_half).words == "2019年下半年"

    same_half = make_report(2018, kind="half", cut_off=day("2018-06-30"))
    whole = make_report(2018, cut_off=day("2018-12-31"))
    make_report(2019, genre="work_report", cut_off=day("2019-12-31"))

    assert (earlier(first_half).report, earlier(first_half).is_last_years) == (same_half, False)
    assert (earlier(report).report, earlier(report).words) == (whole, "2018年")


# What stood before


def test_history_compares_two_steps_and_restores_one(report, office, secretary, logged_in):
    write(office, report, "成效-1", "共20名代表参加。")
    write(secretary, report, "成效-1", "共21名代表参加。")
    write(office, report, "成效-1", "")
    client = logged_in(office)
    address = reverse("narrative_history", args=["2020", "成效-1"])
    _, second, first = report.revisions.filter(place="成效-1")

    page = client.get(address, {"one": first.pk, "other": second.pk}).content.decode()
    assert "共2<del>0</del><ins>1</ins>名代表参加。" in page
    assert "<del>共21名代表参加。</del>" in client.get(address).content.decode()

    restore = reverse("narrative_restore", args=["2020", "成效-1", first.pk])
    client.post(restore, {"version": 2})
    assert stored_text(report, "成效-1").text == ""
    response = client.post(restore, {"version": 3})
    assert unquote(response.url) == "/reports/2020/draft/#成效-1"
    assert history(report)[-1] == ("office", "共20名代表参加。")


def test_what_was_carried_and_restored_still_is(report, last_year, office, logged_in):
    post(logged_in(office), "成效-1", "carry", text="", version=0)
    write(office, report, "成效-1", "改过的。")
    carried = report.revisions.get(origin="carried")

    restore = reverse("narrative_restore", args=["2020", "成效-1", carried.pk])
    logged_in(office).post(restore, {"version": 2})

    assert stored_text(report, "成效-1").origin_words == "沿用2019年，未改"


def test_history_takes_the_same_queries_with_more_steps(report, office, logged_in, queries_of):
    client = logged_in(office)
    address = reverse("narrative_history", args=["2020", "成效-1"])
    for text in ("甲。", "乙。"):
        write(office, report, "成效-1", text)
    two = queries_of(client, address)
    for text in ("丙。", "丁。"):
        write(office, report, "成效-1", text)

    assert queries_of(client, address) == two
