"""Attachments of items: who adds, sees and removes them, what is refused, what stays on disc."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError

from congress.attachments import MOST
from tests import factory
from tests.congress.made_files import EXE, PDF, picture
from voters.models import Attachment

from .item_steps import take, trail, values

pytestmark = pytest.mark.django_db
NAME = "关于村口𬱖㛃路段修复情况的答复（附图）.pdf"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def item(unit):
    own = factory.make_unit()
    own.accounts.add(unit)
    return factory.make_item(state="handling", lead_unit=own)


@pytest.fixture
def office_client(office, logged_in):
    return logged_in(office)


@pytest.fixture
def unit_client(unit, logged_in):
    return logged_in(unit)


def sent(*named):
    return [SimpleUploadedFile(name, content) for name, content in named]


def add(client, item, *named, **fields):
    files = sent(*named)
    return client.post(f"/items/{item.pk}/attachments/", {"attachments": files, **fields})


def on_disc(tmp_path):
    return sorted(path for path in tmp_path.rglob("*") if path.is_file())


def said(response):
    return response.context["attachment_form"].errors.get("attachments")


def test_what_is_sent_comes_back_whole_under_its_name(unit_client, item, unit, tmp_path):
    add(unit_client, item, (NAME, PDF), ("现场.jpg", picture()))

    first, second = item.attachments.all()
    response = unit_client.get(f"/items/{item.pk}/attachments/{first.pk}/")
    assert b"".join(response.streaming_content) == PDF
    headers = {name: response.headers[name] for name in ("Content-Type", "X-Content-Type-Options")}
    assert headers == {"Content-Type": "application/pdf", "X-Content-Type-Options": "nosniff"}
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''%E5%85%B3%E4%BA%8E")
    assert "%F0%AC%B1%96%E3%9B%83" in disposition
    assert (first.name, first.size, first.user, first.for_unit) == (NAME, len(PDF), unit, False)
    assert [path.suffix for path in on_disc(tmp_path)] == ["", ""]
    assert trail(item) == [("unit", "handling", "handling", f"附件：添加“{NAME}”“{second.name}”")]


def test_nothing_serves_the_folder(office_client, item, settings, tmp_path):
    add(office_client, item, (NAME, PDF))

    path = item.attachments.get().file.name
    assert tmp_path not in settings.STATIC_ROOT.parents
    assert {
        office_client.get(f"/{start}{path}").status_code for start in ("", "media/", "static/")
    } == {404}


def test_who_sees_which(
    office_client, unit_client, item, chair, leader, delegate, logged_in, office
):
    visit = item.visit
    visit.received_by.add(delegate.delegate.mandates.get())
    colleague = factory.make_user("co_unit", "unit", name="水利站")
    co_unit = factory.make_unit("镇水利站")
    co_unit.accounts.add(colleague)
    item.co_units.add(co_unit)
    own = factory.make_attachment(item, item.lead_unit.accounts.get(), PDF + b"1")
    shown = factory.make_attachment(item, office, PDF + b"2", for_unit=True)
    kept = factory.make_attachment(item, office, PDF + b"3")

    def seen(client):
        addresses = [f"/items/{item.pk}/attachments/{each.pk}/" for each in (own, shown, kept)]
        page = client.get(item.get_absolute_url()).content.decode()
        got = [client.get(address).status_code == 200 for address in addresses]
        assert [f'href="{address}"' in page for address in addresses] == got
        return got

    assert seen(office_client) == seen(logged_in(chair)) == [True, True, True]
    assert seen(unit_client) == [True, True, False]
    assert seen(logged_in(colleague)) == [False, True, False]
    assert seen(logged_in(leader)) == seen(logged_in(delegate)) == [False] * 3
    for name in (own, kept):
        assert office_client.get(f"/items/{item.pk + 1}/attachments/{name.pk}/").status_code == 404


def test_the_office_lets_the_units_see_it_and_thinks_again(office_client, unit_client, item):
    add(office_client, item, (NAME, PDF), for_unit="on")
    attachment = item.attachments.get()
    address = f"/items/{item.pk}/attachments/{attachment.pk}/"

    assert unit_client.get(address).status_code == 200
    office_client.post(f"{address}show/", {"for_unit": "0"})
    assert unit_client.get(address).status_code == 404
    office_client.post(f"{address}show/", {"for_unit": "1"})
    office_client.post(f"{address}show/", {"for_unit": "1"})

    assert unit_client.post(f"{address}show/", {"for_unit": "0"}).status_code == 403
    assert [words for _, _, _, words in trail(item)] == [
        f"附件：添加“{NAME}”",
        f"附件：“{NAME}”，承办单位不再可见",
        f"附件：“{NAME}”，承办单位可见",
    ]


def test_refused_files_leave_nothing(office_client, item, tmp_path):
    add(office_client, item, (NAME, PDF))
    kept = on_disc(tmp_path)

    same = add(office_client, item, ("另一个名字.pdf", PDF))
    twice = add(office_client, item, ("甲.pdf", PDF + b"1"), ("乙.pdf", PDF + b"1"))
    program = add(office_client, item, ("好.pdf", PDF + b"2"), ("说明.pdf", EXE))
    nothing = office_client.post(f"/items/{item.pk}/attachments/")

    assert said(same) == ["“另一个名字.pdf”与已有的附件内容相同，不用再传。"]
    assert said(twice) == ["“乙.pdf”与已有的附件内容相同，不用再传。"]
    assert said(program)[0].startswith("“说明.pdf”：")
    assert said(nothing) == ["请选择文件。"]
    assert (item.attachments.count(), on_disc(tmp_path)) == (1, kept)


def test_at_most_twenty(office_client, item, office, tmp_path):
    for number in range(MOST - 1):
        factory.make_attachment(item, office, PDF + str(number).encode())

    refused = add(office_client, item, ("甲.pdf", PDF + b"a"), ("乙.pdf", PDF + b"b"))
    assert said(refused) == [
        "一条意见建议最多20个附件，现有19个，不能再添加2个。请合并文件，或先删去不用的。"
    ]
    add(office_client, item, ("甲.pdf", PDF + b"a"))

    assert (item.attachments.count(), len(on_disc(tmp_path))) == (MOST, MOST)
    assert office_client.get(item.get_absolute_url()).context["attachment_form"] is None


def test_a_unit_adds_while_it_handles(unit_client, item):
    add(unit_client, item, (NAME, PDF))
    take(unit_client, item, "reply", replied_on="2020-08-20", outcome="D", reply="已说明。")

    assert unit_client.get(item.get_absolute_url()).context["attachment_form"] is None
    assert add(unit_client, item, ("再补.pdf", PDF + b"1")).status_code == 403
    assert item.attachments.count() == 1


def test_removed_by_who_added_it_until_the_item_moves_on(
    office_client, unit_client, item, tmp_path, django_capture_on_commit_callbacks
):
    add(unit_client, item, ("一.pdf", PDF), ("二.pdf", PDF + b"2"))
    add(office_client, item, ("三.pdf", PDF + b"3"), for_unit="on")
    first, second, third = (
        f"/items/{item.pk}/attachments/{each.pk}/remove/" for each in item.attachments.all()
    )

    assert unit_client.post(third).status_code == 403
    assert unit_client.get(first).status_code == 200
    assert (item.attachments.count(), len(on_disc(tmp_path))) == (3, 3)
    with django_capture_on_commit_callbacks(execute=True):
        unit_client.post(first)
        assert len(on_disc(tmp_path)) == 3
    assert (item.attachments.count(), len(on_disc(tmp_path))) == (2, 2)
    take(unit_client, item, "reply", replied_on="2020-08-20", outcome="D", reply="已说明。")
    assert unit_client.post(second).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        office_client.post(second)

    assert [each.name for each in item.attachments.all()] == ["三.pdf"]
    assert [words for _, _, _, words in trail(item) if words.startswith("附件：删除")] == [
        "附件：删除“一.pdf”",
        "附件：删除“二.pdf”",
    ]


def test_an_item_with_papers_is_not_deleted(office_client, office):
    item = factory.make_item()
    factory.make_attachment(item, office)

    refused = office_client.post(f"/items/{item.pk}/delete/")

    assert (refused.status_code, refused.context["held_by"]) == (409, [("附件", 1)])


@pytest.mark.parametrize(
    ("step", "fields", "for_unit"),
    [
        ("reply", {"replied_on": "2020-08-20", "outcome": "D", "reply": "已说明。"}, False),
        ("record", {"note": "已到现场查看"}, False),
        ("contribute", {"note": "水利部分已核"}, True),
    ],
)
def test_papers_come_with_a_step(office_client, item, tmp_path, step, fields, for_unit):
    take(office_client, item, step, attachments=sent((NAME, PDF)), **fields)

    kept = [(each.name, each.for_unit) for each in item.attachments.all()]
    assert (kept, len(on_disc(tmp_path))) == ([(NAME, for_unit)], 1)
    assert [words.split("：")[0] for _, _, _, words in trail(item)] == [
        {"reply": "答复", "record": "办理进展", "contribute": "协办意见"}[step],
        "附件",
    ]


def test_papers_and_reply_are_saved_together_or_not_at_all(unit_client, item, office, tmp_path):
    factory.make_attachment(item, office)
    before = on_disc(tmp_path)
    answer = {"replied_on": "2020-08-20", "outcome": "D", "reply": "已说明。"}

    papers_refused = take(unit_client, item, "reply", attachments=sent((NAME, PDF)), **answer)
    reply_refused = take(
        unit_client,
        item,
        "reply",
        attachments=sent((NAME, PDF + b"1")),
        **answer | {"outcome": "B"},
    )

    assert papers_refused.context["form"].errors == {
        "attachments": [f"“{NAME}”与已有的附件内容相同，不用再传。"]
    }
    assert reply_refused.context["form"].errors == {
        "commitment": ["结果类别为B、C的，请写明承诺事项。"]
    }
    assert "选好的附件没有保存，请重新选择。" in reply_refused.content.decode()
    assert values(item, "state", "version") == ("handling", 1)
    assert (item.attachments.count(), on_disc(tmp_path)) == (1, before)
    take(unit_client, item, "reply", attachments=sent((NAME, PDF + b"1")), **answer)
    assert values(item, "state") == ("replied",)


def test_a_conflict_keeps_no_file(unit_client, item, tmp_path):
    answer = {"replied_on": "2020-08-20", "outcome": "D", "reply": "已说明。"}
    take(unit_client, item, "record", note="已到现场查看")

    late = take(unit_client, item, "reply", attachments=sent((NAME, PDF)), **answer)

    assert (late.status_code, on_disc(tmp_path)) == (409, [])
    assert "attachments" in late.context["form"].fields


def test_a_failing_database_leaves_no_file(unit_client, item, tmp_path, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(Attachment, "save", fail)
    unit_client.raise_request_exception = False

    assert add(unit_client, item, (NAME, PDF)).status_code == 500
    assert (item.attachments.count(), on_disc(tmp_path)) == (0, [])


def test_a_file_lost_from_the_disc_is_not_found(office_client, item, office):
    attachment = factory.make_attachment(item, office)
    default_storage.delete(attachment.file.name)

    assert office_client.get(f"/items/{item.pk}/attachments/{attachment.pk}/").status_code == 404


def test_as_many_queries_for_one_paper_as_for_three(unit_client, item, unit, queries_of):
    counts = set()
    for number in range(3):
        factory.make_attachment(item, unit, PDF + str(number).encode())
        counts.add(queries_of(unit_client, item.get_absolute_url()))

    assert len(counts) == 1
