"""更换个人信息密钥: everything sealed opens under the new key alone, or nothing has changed."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from congress.models import AuditEntry
from delegates import actions
from delegates.duplicates.moving import plan_of
from delegates.models import Delegate, Merge
from tests import factory
from tests.delegates.test_identity import MAN, OTHER_MAN

pytestmark = pytest.mark.django_db
NEW, FOREIGN = "a-newer-key-" * 5, "quite-another-key-" * 5


@pytest.fixture(autouse=True)
def town(set_today):
    set_today("2020-08-20")
    factory.make_township()


@pytest.fixture
def merge(office):
    """Of two persons with the numbers MAN; a third one has OTHER_MAN."""
    factory.make_delegate("王五", identity=OTHER_MAN)
    kept = factory.make_delegate("李四", identity=MAN)
    other = factory.make_delegate("李四", phone="13800001111")
    return actions.merge(
        by=office, kept=kept, other=other, chosen={}, seen=plan_of(kept, other).seen
    )


def stored():
    numbers = Delegate.objects.order_by("pk").values_list("identity_sealed", "identity_index")
    return list(numbers), list(Merge.objects.values_list("record", flat=True))


def run(*arguments):
    """The exit: 0, or the sentence that goes with exit code 1."""
    try:
        call_command("rotate_personal_key", *arguments)
    except SystemExit as end:
        return end.code
    return 0


def test_all_is_under_the_new_key_and_the_old_one_can_go(merge, office, settings, capsys):
    old = list(settings.PERSONAL_DATA_KEYS)
    assert run("--check") == 0
    settings.PERSONAL_DATA_KEYS = [NEW, *old]
    assert run("--check") == "还有4项用旧密钥加密，请运行 manage.py rotate_personal_key。"
    before = stored()
    capsys.readouterr()

    assert run() == 0

    assert capsys.readouterr().out.splitlines() == [
        "重新加密4项。再运行 manage.py rotate_personal_key --check 核对，"
        "通过后才可以去掉旧的密钥。",
        "账号的动态口令：现用密钥0项，旧密钥0项，打不开0项。",
        "代表的身份证号：现用密钥2项，旧密钥0项，打不开0项。",
        "代表合并记录中的身份证号：现用密钥2项，旧密钥0项，打不开0项。",
    ]
    assert stored() != before
    settings.PERSONAL_DATA_KEYS = [NEW]
    assert run("--check") == 0
    assert [Delegate.objects.with_identity(each).get().identity for each in (MAN, OTHER_MAN)] == [
        MAN,
        OTHER_MAN,
    ]
    entry = AuditEntry.objects.get(kind=AuditEntry.Kind.MAINTENANCE)
    assert (entry.words, entry.address) == ("更换个人信息密钥，重新加密4项", "命令行")
    actions.undo_merge(by=office, merge=merge)
    assert Delegate.objects.with_identity(MAN).get().name == "李四"


def test_a_second_run_changes_nothing(merge, settings):
    settings.PERSONAL_DATA_KEYS = [NEW, *settings.PERSONAL_DATA_KEYS]
    assert run() == 0
    after = stored()

    assert run() == 0

    assert stored() == after
    assert AuditEntry.objects.filter(kind=AuditEntry.Kind.MAINTENANCE).count() == 1


@pytest.mark.parametrize("arguments", [(), ("--check",)])
def test_without_the_old_key_nothing_changes(merge, settings, arguments):
    settings.PERSONAL_DATA_KEYS = [FOREIGN]
    before = stored()

    said = run(*arguments)

    assert said.startswith("有4项现在的 PERSONAL_DATA_KEY 都打不开，没有改动任何内容。")
    assert stored() == before
    assert not AuditEntry.objects.filter(kind=AuditEntry.Kind.MAINTENANCE).exists()


def test_one_number_under_two_keys_is_said_and_nothing_changes(merge, settings):
    """The fingerprints differ, so the database took it; under one key it could not."""
    settings.PERSONAL_DATA_KEYS = [NEW, *settings.PERSONAL_DATA_KEYS]
    twin = Delegate.objects.exclude(name__in=["李四", "王五"]).first() or factory.make_delegate(
        "赵六"
    )
    twin.identity = MAN
    twin.save()
    before = stored()

    said = run()

    assert "登记的身份证号相同，请先核对或者合并。没有改动任何内容。" in said
    assert stored() == before


def test_records_of_merges_are_closed_again_afterwards(merge, settings):
    settings.PERSONAL_DATA_KEYS = [NEW, *settings.PERSONAL_DATA_KEYS]
    assert run() == 0

    for change in (Merge.objects.filter(pk=merge.pk).delete, lambda: Merge.objects.update(by=None)):
        with pytest.raises(IntegrityError, match="合并的记录不能修改、删除"), transaction.atomic():
            change()
