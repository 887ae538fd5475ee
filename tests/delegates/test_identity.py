"""身份证号: checked, sealed, shown in part, shown whole for a reason only."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from congress.privacy import masked_identity
from delegates.forms import DelegateForm
from delegates.identity import check_identity, disagreements
from delegates.models import Delegate, IdentityReveal
from groups.roster.judging import Judge, term_in_force
from groups.roster.reading import read_roster
from groups.roster.saving import take_in
from tests import factory
from tests.groups.made_rosters import GOOD, person, roster_file

#: The example of GB 11643—1999.
OF_THE_STANDARD = "11010519491231002X"


def numbered(seventeen):
    """The number with its check digit."""
    weighted = sum(int(digit) * (1 << (17 - place)) for place, digit in enumerate(seventeen))
    return seventeen + "10X98765432"[weighted % 11]


#: Invented; born in March 1975.
MAN = numbered("99010119750311001")
OTHER_MAN = numbered("99010119750311003")
WOMAN = numbered("99010119750311002")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (OF_THE_STANDARD, OF_THE_STANDARD),
        ("11010519491231002x", OF_THE_STANDARD),
        (" 110105 19491231 002X ", OF_THE_STANDARD),
        ("１１０１０５１９４９１２３１００２Ｘ", OF_THE_STANDARD),
    ],
)
def test_number_is_kept_one_way(written, kept):
    assert check_identity(written) == kept


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("110105491231002", "身份证号应为18位，请核对。"),
        ("1101051949123100２Y", "身份证号应为18位，请核对。"),
        ("110105194912310021", "校验码不符，请核对身份证号。"),
        (numbered("11010519491331002"), "身份证号中的出生日期不对，请核对。"),
    ],
)
def test_wrong_number_is_refused_without_repeating_it(written, sentence):
    with pytest.raises(ValueError, match="身份证号") as refused:
        check_identity(written)

    assert str(refused.value) == sentence


def test_number_tells_month_and_sex():
    born = factory.day("1949-12-01")

    assert disagreements(OF_THE_STANDARD, born, "女") == {}
    assert disagreements(OF_THE_STANDARD, factory.day("1949-11-01"), "男") == {
        "birth_month": "与身份证号不一致：身份证号写的是1949年12月，请核对。",
        "sex": "与身份证号不一致，请核对。",
    }
    assert masked_identity(OF_THE_STANDARD) == "110***********002X"


def stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM delegates_delegate ORDER BY id")
        return [list(map(str, row)) for row in cursor.fetchall()]


def written(person, **changes):
    values = {
        "name": person.name,
        "sex": person.sex,
        "birth_month": f"{person.birth_month:%Y-%m}",
        "ethnicity": "汉族",
        "phone": person.phone,
        "version": person.version,
    }
    return values | changes


@pytest.fixture
def man(db):
    return factory.make_delegate(name="孟广才", phone="13900006001", identity=MAN)


@pytest.mark.django_db
def test_database_does_not_know_the_number(man):
    number = MAN
    again = Delegate.objects.get(pk=man.pk)

    assert again.identity == number
    assert [cell for row in stored() for cell in row if number[6:] in cell] == []
    assert Delegate.objects.with_identity(number).get() == man


@pytest.mark.django_db
def test_number_stays_legible_under_a_newer_key(man, settings):
    number, old = MAN, list(settings.PERSONAL_DATA_KEYS)

    settings.PERSONAL_DATA_KEYS = ["a-newer-key-" * 5, *old]

    again = Delegate.objects.get(pk=man.pk)
    assert again.identity == number
    assert Delegate.objects.with_identity(number).get() == man
    again.identity = number
    again.save()
    settings.PERSONAL_DATA_KEYS = ["a-newer-key-" * 5]
    assert Delegate.objects.with_identity(number).get().identity == number


@pytest.mark.django_db
def test_page_opens_where_no_key_fits(man, settings, office, logged_in):
    settings.PERSONAL_DATA_KEYS = ["quite-another-key-" * 5]
    client = logged_in(office)

    page = client.get(man.get_absolute_url()).content.decode()
    asked = client.post(f"/delegates/{man.pk}/identity/", {"reason": "办证"}).content.decode()

    assert "已登记，现在打不开" in page
    assert "身份证号现在打不开" in asked
    assert IdentityReveal.objects.count() == 0


@pytest.mark.django_db
def test_form_keeps_replaces_and_forgets_the_number(office):
    man = factory.make_delegate()
    first, second = MAN, OTHER_MAN

    def sent(**changes):
        again = Delegate.objects.get(pk=man.pk)
        form = DelegateForm(written(again, **changes), instance=again, user=office)
        assert form.is_valid(), form.errors
        form.save()
        return Delegate.objects.get(pk=man.pk).identity

    assert sent(identity=first.lower()) == first
    assert sent(identity="") == first
    assert sent(identity=second) == second
    assert sent(forget_identity="on") == ""


@pytest.mark.django_db
def test_form_refuses_what_contradicts_itself(man, office):
    number = MAN
    other = factory.make_delegate(name="古月")

    def errors(person, **changes):
        form = DelegateForm(written(person, **changes), instance=person, user=office)
        return dict(form.errors)

    assert errors(other, identity=number) == {
        "identity": ["孟广才已登记这个身份证号，请核对是否同一人。"]
    }
    assert errors(other, identity=WOMAN) == {"sex": ["与身份证号不一致，请核对。"]}
    assert errors(man, birth_month="1975-04") == {
        "birth_month": ["与身份证号不一致：身份证号写的是1975年3月，请核对。"]
    }
    assert number not in str(DelegateForm(instance=man, user=office))


@pytest.mark.django_db
def test_one_number_stands_once(man):
    with pytest.raises(IntegrityError), transaction.atomic():
        factory.make_delegate(identity=MAN)
    twin = Delegate(name="孟广才", sex="男", birth_month=man.birth_month, identity=MAN)
    with pytest.raises(ValidationError) as refused:
        twin.full_clean()
    assert refused.value.message_dict == {
        "identity_index": ["另一位代表已登记这个身份证号，请核对是否同一人。"]
    }


@pytest.mark.django_db
def test_whole_number_is_shown_once_for_a_reason(man, office, chair, logged_in, caplog):
    number, masked = MAN, masked_identity(MAN)
    client, address = logged_in(office), f"/delegates/{man.pk}/identity/"

    before = client.get(man.get_absolute_url()).content.decode()
    nameless = client.post(address).content.decode()
    assert IdentityReveal.objects.count() == 0
    shown = client.post(address, {"reason": "核对选民登记"})
    after = client.get(man.get_absolute_url()).content.decode()

    assert masked in before
    assert number not in before + nameless + after
    assert "请写明为什么要看完整的身份证号。" in nameless
    assert number in shown.content.decode()
    assert shown.headers["Cache-Control"] == "no-store"
    assert "办公室：核对选民登记" in after
    assert list(IdentityReveal.objects.values_list("delegate", "user", "reason")) == [
        (man.pk, office.pk, "核对选民登记")
    ]
    of_the_chair = logged_in(chair).get(man.get_absolute_url()).content.decode()
    assert masked in of_the_chair
    assert "显示身份证号" not in of_the_chair
    assert number not in caplog.text


@pytest.mark.django_db
def test_looks_stay_on_record(man, office):
    IdentityReveal.objects.create(delegate=man, user=office, reason="办证")

    with pytest.raises(ProtectedError):
        man.delete()
    for change in (
        IdentityReveal.objects.all().delete,
        lambda: IdentityReveal.objects.update(reason=""),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.django_db
def test_no_list_search_or_export_knows_the_number(man, office, logged_in):
    client, number = logged_in(office), MAN

    found = client.get("/delegates/", {"q": number}).content.decode()
    workbook = b"".join(client.get("/delegates/?export=xlsx").streaming_content)

    assert "没有符合条件的代表" in found
    assert "身份证" not in client.get("/delegates/").content.decode()
    assert number.encode() not in workbook


@pytest.fixture
def town(db, set_today, settings, tmp_path):
    set_today("2020-08-20")
    settings.MEDIA_ROOT = tmp_path
    factory.make_township()
    for ordinal in (1, 2, 3):
        factory.make_group(ordinal)


def judged(*rows):
    return Judge(term_in_force()).judge(read_roster(roster_file(*rows), {}).rows)


def said(*rows):
    return [error for outcome in judged(*rows) for error in outcome.row.errors]


def test_roster_keeps_and_completes_the_number(town, office):
    first, second = MAN, OTHER_MAN
    row, other = {**GOOD, "身份证号": first}, person(2)
    take_in(by=office, term=term_in_force(), outcomes=judged(row, other))
    assert Delegate.objects.get(name=GOOD["姓名"]).identity == first

    outcomes = judged(row, {**other, "身份证号": second})
    changes = [(note.column, note.written, note.kept) for note in outcomes[1].changes]
    take_in(by=office, term=term_in_force(), outcomes=outcomes)

    assert outcomes[0].word == "无变化"
    assert changes == [("身份证号", "", masked_identity(second))]
    assert Delegate.objects.get(name=other["姓名"]).identity == second
    again = judged(row, {**other, "身份证号": second})
    assert [outcome.word for outcome in again] == ["无变化", "无变化"]


def test_roster_tells_persons_apart_by_the_number(town, office):
    first, second = MAN, OTHER_MAN
    row = {**GOOD, "身份证号": first}
    take_in(by=office, term=term_in_force(), outcomes=judged(row))
    county = {"代表证号": "X15-001", "代表层级": "县"}

    assert said({**row, "身份证号": second}) == [
        ("身份证号", "与已登记的不同，请核对；要改请在代表页面修改。")
    ]
    assert said({**person(2), "身份证号": first}) == [
        ("身份证号", "与孟广才（1975-03）已登记的相同，请核对是否同一人。"),
        (
            "姓名",
            f"{person(2)['姓名']}已是本届镇代表（Z15-001），疑为同一人，请核对代表证号。",
        ),
    ]
    same = judged({**row, **county})[0]
    namesake = judged({**row, **county, "身份证号": second, "联系电话": None})[0]
    assert (same.word, same.delegate.name) == ("新增代表资格", "孟广才")
    assert (namesake.word, namesake.delegate) == ("新增", None)


def test_preview_shows_the_number_in_part(town, office, logged_in):
    number = MAN
    file = SimpleUploadedFile("花名册.xlsx", roster_file({**GOOD, "身份证号": number}).read())
    client = logged_in(office)

    page = client.get(client.post("/delegates/roster/", {"file": file}).url).content.decode()

    assert masked_identity(number) in page
    assert number not in page
