"""From draft to signature: who takes which step, what is frozen, what nobody can change."""

import io
import uuid
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from congress.editing import EditedMeanwhile
from congress.todo import todos_of
from reports.checks import accepted_for, warnings
from reports.models import AnnualReport, ReportStep, ReportVersion
from reports.signing import actions
from tests import factory
from tests.reports.signing_world import prepared, seen_in, signed
from voters.models import Visit

pytestmark = pytest.mark.usefixtures("quick_files", "few_figures")
PAGE = "/reports/2020/"
MOVES = {
    "submit": actions.submit,
    "take_back": actions.take_back,
    "draft_anew": actions.draft_anew,
    "return": lambda **given: actions.return_to_draft(reason="数字不对", **given),
    "sign": lambda user, report: actions.prepare(
        user=user, report=report, seen="", accepted=[], site=""
    ),
}


@pytest.fixture
def submitted(small_report, secretary):
    return actions.submit(user=secretary, report=small_report)


def in_state(report, state):
    AnnualReport.objects.filter(pk=report.pk).update(state=state)
    report.refresh_from_db()
    return report


@pytest.mark.usefixtures("nothing_found")
def test_the_whole_way_leaves_its_trail(small_report, secretary, chair):
    report = actions.submit(user=secretary, report=small_report)
    report = actions.return_to_draft(user=chair, report=report, reason=" 数字不对 ")
    report = actions.submit(user=secretary, report=report)
    report = actions.take_back(user=secretary, report=report)
    factory.make_version(report, chair)
    second = signed(report, secretary, chair)
    actions.draft_anew(user=secretary, report=second.report)

    told = [(step.words, step.by.name, step.note) for step in ReportStep.objects.order_by("pk")]
    assert told == [
        ("提交签发", "人大秘书", ""),
        ("退回修改", "主席", "数字不对"),
        ("提交签发", "人大秘书", ""),
        ("撤回", "人大秘书", ""),
        ("提交签发", "人大秘书", ""),
        ("签发第2版", "主席", ""),
        ("起草新版本", "人大秘书", ""),
    ]
    assert second.number == 2
    numbers = ReportVersion.objects.in_brief().values_list("number", "superseded_by")
    assert list(numbers) == [(2, None), (1, 2)]


@pytest.mark.usefixtures("nothing_found")
def test_each_step_has_its_role_and_state(small_report, cast):
    """A stranger to the step is forbidden it, in the wrong state all are told why."""
    taken = {}
    for state in AnnualReport.State.values:
        for name, user in cast.items():
            for key, act in MOVES.items():
                report = in_state(small_report, state)
                with transaction.atomic():
                    try:
                        act(user=user, report=report)
                        is_taken = True
                    except (PermissionDenied, ValidationError):
                        is_taken = False
                    except EditedMeanwhile:
                        is_taken = True
                    transaction.set_rollback(True)
                offered = [move.key for move in actions.moves_open_to(user, report)]
                assert (key in offered) == is_taken
                if is_taken:
                    taken.setdefault((state, key), []).append(name)

    assert taken == {
        ("draft", "submit"): ["secretary", "chair"],
        ("submitted", "sign"): ["chair"],
        ("submitted", "return"): ["chair"],
        ("submitted", "take_back"): ["secretary"],
        ("signed", "draft_anew"): ["secretary"],
    }


def test_what_is_refused_is_said(small_report, chair, secretary):
    with pytest.raises(ValidationError) as refused:
        actions.return_to_draft(user=chair, report=small_report, reason="不对")
    assert refused.value.messages == ["报告现在是“起草中”，不能退回修改。"]
    actions.submit(user=secretary, report=small_report)
    with pytest.raises(ValidationError) as refused:
        actions.return_to_draft(user=chair, report=small_report, reason=" ")
    assert refused.value.message_dict == {"reason": ["请写明退回的原因。"]}


@pytest.mark.usefixtures("nothing_found")
def test_what_a_signature_freezes(submitted, chair, set_today):
    person = factory.make_delegate("周建华", occupation="XX镇人大主席")
    person.account = chair
    person.save()
    version = actions.sign(user=chair, prepared=prepared(submitted, chair))
    version = ReportVersion.objects.get(pk=version.pk)
    visits = list(Visit.objects.order_by("pk"))

    figure = next(each for each in version.figures if each["key"] == "reception.persons")
    assert (figure["name"], figure["unit"], figure["value"]) == ("接待选民", "人次", 3)
    assert figure["ids"] == [visit.pk for visit in visits]
    kind = next(each for each in version.records if each["kind"] == figure["kind"])
    assert (kind["model"], kind["name"]) == ("voters.Visit", "接待登记")
    assert [(row["id"], row["label"], row["address"]) for row in kind["rows"]] == [
        (visit.pk, visit.number, visit.get_absolute_url()) for visit in visits
    ]
    persons = kind["headings"].index("人数")
    assert [row["values"][persons] for row in kind["rows"]] == ["2", "1"]
    assert version.text.split("\n")[0] == version.title == "XX镇人大工作情况汇报"
    assert "共接待选民3人次" in version.text
    assert "共接待选民3人次" in version.html
    assert version.signer == "XX镇人大主席主席"
    assert (version.signed_on, version.number) == (factory.day("2020-08-20"), 1)
    assert set(version.code) <= set("34679ACDEFGHJKMNPQRTWXY")
    assert f"{version.code[:4]}-{version.code[4:]}".encode() in bytes(version.pdf)


@pytest.mark.usefixtures("nothing_found")
def test_only_what_the_chair_saw_is_signed(submitted, chair):
    """Records that change before or while the files are set stop the signature."""
    seen = seen_in(submitted)
    Visit.objects.filter(persons=1).update(persons=4)
    with pytest.raises(EditedMeanwhile):
        prepared(submitted, chair, seen=seen)
    ready = prepared(submitted, chair)
    Visit.objects.filter(persons=4).update(persons=5)
    with pytest.raises(EditedMeanwhile):
        actions.sign(user=chair, prepared=ready)

    submitted.refresh_from_db()
    assert (submitted.state, submitted.versions.count()) == ("submitted", 0)


def test_a_double_click_signs_once_and_a_stale_page_not_at_all(submitted, chair, logged_in):
    client = logged_in(chair)
    page = client.get(f"{PAGE}sign/")
    sent = {"seen": page.context["seen"].initial["seen"], "submission": str(uuid.uuid4())}
    unexplained = client.post(f"{PAGE}sign/", sent).content.decode()
    assert "请核实后勾选。" in unexplained
    sent |= dict.fromkeys(page.context["acceptance"].fields, "属实")
    stale = client.post(f"{PAGE}sign/", sent | {"seen": "0" * 64})
    assert (stale.status_code, "有变动，尚未签发" in stale.content.decode()) == (409, True)
    for _ in range(2):
        assert client.post(f"{PAGE}sign/", sent).url == f"{PAGE}versions/1/"

    version = ReportVersion.objects.get()
    assert version.accepted == accepted_for(warnings(submitted), "属实")


@pytest.mark.usefixtures("nothing_found")
def test_errors_stop_the_way(submitted, secretary, chair, monkeypatch):
    error = SimpleNamespace(sentence="有1处占位文字没有补写。", is_error=True)
    monkeypatch.setattr(actions, "findings", lambda report: (error,))
    with pytest.raises(ValidationError) as refused:
        prepared(submitted, chair)
    assert refused.value.messages == ["有1项错误，改正后才能签发：有1处占位文字没有补写。"]
    with pytest.raises(ValidationError) as refused:
        actions.submit(user=secretary, report=actions.take_back(user=secretary, report=submitted))
    assert refused.value.messages == ["有1项错误，改正后才能提交签发：有1处占位文字没有补写。"]


STATEMENTS = (
    "UPDATE reports_reportversion SET number = 7",
    "UPDATE reports_reportversion SET pdf = pdf",
    "DELETE FROM reports_reportversion",
    "UPDATE reports_reportstep SET note = '改'",
    "DELETE FROM reports_reportstep",
)


@pytest.mark.usefixtures("nothing_found")
def test_nobody_changes_or_deletes_what_was_signed(small_report, secretary, chair):
    version = signed(small_report, secretary, chair)
    step = ReportStep.objects.get(version=version)
    frozen = ReportVersion.objects.filter(pk=version.pk).values().get()
    attempts = [
        version.save,
        version.delete,
        step.save,
        step.delete,
        lambda: ReportVersion.objects.update(title="改"),
        lambda: ReportVersion.objects.all().delete(),
        lambda: ReportVersion.objects.bulk_update([version], ["title"]),
        lambda: ReportVersion._base_manager.filter(pk=version.pk)._raw_delete("default"),
        lambda: ReportStep.objects.update(note="改"),
        lambda: ReportStep.objects.all().delete(),
    ]
    attempts += [
        lambda statement=statement: connection.cursor().execute(statement)
        for statement in STATEMENTS
    ]
    for attempt in attempts:
        with pytest.raises((IntegrityError, ProtectedError)), transaction.atomic():
            attempt()
    for kept in (small_report, chair):
        with pytest.raises(ProtectedError):
            kept.delete()

    assert ReportVersion.objects.filter(pk=version.pk).values().get() == frozen


@pytest.mark.usefixtures("nothing_found")
def test_pages_of_versions(small_report, secretary, chair, office, logged_in, queries_of):
    first = signed(small_report, secretary, chair)
    client = logged_in(office)
    page = f"{PAGE}versions/1/"
    alone = queries_of(client, page)
    for _ in range(2):
        factory.make_version(small_report, chair)
    assert queries_of(client, page) == alone

    shown = client.get(page).content.decode()
    assert "已被第3版取代" in shown
    assert first.pdf_sha256 in shown
    assert client.get(f"{page}report.pdf").content == bytes(first.pdf)
    assert client.get(f"{page}report.docx").content == bytes(first.docx)
    assert client.get(f"{page}report.html").content.decode() == first.html
    frozen = client.get(f"{page}page/")
    assert frozen.content.decode() == first.html
    assert frozen.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none';")
    assert client.get(f"{page}report.txt").status_code == 404
    assert client.get(f"{PAGE}versions/9/").status_code == 404
    report = client.get(PAGE).content.decode()
    assert "已签发" in report
    assert f'href="{page}"' in report


@pytest.mark.usefixtures("nothing_found")
def test_what_waits_for_whom(small_report, secretary, chair):
    def waiting(user):
        labels = ("待签发的工作报告", "退回修改的工作报告")
        todos = todos_of(user, factory.day("2020-08-20"))
        return [(todo.label, todo.count) for todo in todos if todo.label in labels]

    actions.submit(user=secretary, report=small_report)
    assert (waiting(chair), waiting(secretary)) == ([("待签发的工作报告", 1)], [])
    actions.return_to_draft(user=chair, report=small_report, reason="数字不对")
    assert (waiting(chair), waiting(secretary)) == ([], [("退回修改的工作报告", 1)])
    actions.submit(user=secretary, report=small_report)
    actions.take_back(user=secretary, report=small_report)
    assert (waiting(chair), waiting(secretary)) == ([], [])


def test_signing_from_the_shell(small_report, chair, secretary):
    with pytest.raises(SystemExit) as refusal:
        call_command("sign_report", "2020", "--as", "chair")
    assert "项提醒，用 --accept-warnings 写明理由后才能签发：" in refusal.value.code
    told = io.StringIO()
    arguments = ["2020", "--as", "chair", "--accept-warnings", "属实"]
    call_command("sign_report", *arguments, stdout=told)
    version = ReportVersion.objects.get()
    code = f"{version.code[:4]}-{version.code[4:]}"

    assert told.getvalue().splitlines() == [
        f"已签发2020年工作情况汇报第1版，查验码{code}。",
        f"PDF SHA-256：{version.pdf_sha256}",
        f"Word SHA-256：{version.docx_sha256}",
    ]
    refused = {
        ("2020", "--as", "nobody"): "没有账号“nobody”，或者已经停用。",
        ("2020", "--as", "secretary"): "“secretary”是人大秘书，不能签发；须用主席的账号。",
        ("2020", "--as", "chair"): "报告现在是“已签发”，不能签发。",
        ("2019", "--as", "chair"): "还没有2019年的工作报告，请先导入该年台账或建立报告。",
    }
    for arguments, sentence in refused.items():
        with pytest.raises(SystemExit) as refusal:
            call_command("sign_report", *arguments)
        assert refusal.value.code == sentence
