"""Names of people as 民委发〔2016〕33号 wants them kept, the same on every way in."""

import pytest

from delegates.forms import DelegateForm
from delegates.ledgers.mandates import Name
from delegates.models import Delegate
from delegates.names import clean_name
from groups.roster.cells import Unclear, read_name
from tests import factory


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  王　小\n明 ", "王小明"),
        *((f"艾力{dot}吐尔逊", "艾力·吐尔逊") for dot in "·•・．‧∙⋅.･"),
        ("艾力 ·· 吐尔逊", "艾力·吐尔逊"),
        ("艾力·吐尔逊·", "艾力·吐尔逊"),
        ("John  Smith", "John Smith"),
        ("\ufeff王\u200b明\u202c\u200e\u00ad", "王明"),
        ("王\u3164明\x07", "王明"),
        ("周\ue863", "周䶮"),
        ("王\ue81e", "王\u9fb4"),
        # Compatibility ideographs, planes 2 and 3, the newest blocks, radicals: left as they are.
        ("\uf9dc\ufa11\U0002f8db", "\uf9dc\ufa11\U0002f8db"),
        (
            "王\U0002c4d6\U00030000\U0002ebf0\U000323af",
            "王\U0002c4d6\U00030000\U0002ebf0\U000323af",
        ),
        ("王\u2f45", "王\u2f45"),
        # A form of a Han character is kept with it, never alone.
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("\U000e0100葛a\ufe00", "葛a"),
        ("\U00020000" * 50, "\U00020000" * 50),
    ],
)
def test_name_is_kept_as_meant(written, kept):
    assert clean_name(written) == kept


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("王\ue000", "姓名第2个字（U+E000）是本机的造字，别的电脑显示不出来；"),
        ("\U000f0000明", "姓名第1个字（U+F0000）是本机的造字，别的电脑显示不出来；"),
        ("王小\u0378", "姓名第3个字（U+0378）不是文字，请删去后重填。"),
        ("王\U0002ffff", "姓名第2个字（U+2FFFF）不是文字，请删去后重填。"),
        ("王□明", "姓名第2个字是“□”，不是姓名用字，请填写原字。"),
        ("\u200b王?", "姓名第2个字是“?”，不是姓名用字，请填写原字。"),
    ],
)
def test_character_that_is_none_is_named_with_its_place(written, sentence):
    with pytest.raises(ValueError, match="姓名第") as refused:
        clean_name(written)

    assert str(refused.value).startswith(sentence)


@pytest.mark.django_db
def test_form_and_both_imports_say_the_same(office):
    written, refused = "\u200b艾力 . 吐尔逊", "王\ue000"
    sentence = (
        "姓名第2个字（U+E000）是本机的造字，别的电脑显示不出来；"
        "请改用标准汉字，没有标准汉字的写身份证上的替代字。"
    )
    form = DelegateForm({"name": written}, user=office)
    other = DelegateForm({"name": refused}, user=office)

    assert form["name"].errors == []
    assert form.cleaned_data["name"] == "艾力·吐尔逊"
    assert other["name"].errors == [sentence]
    assert Name().read(written) == read_name(written) == "艾力·吐尔逊"
    for read in (Name().read, read_name):
        with pytest.raises((ValueError, Unclear), match="造字") as error:
            read(refused)
        assert str(error.value) == sentence


@pytest.mark.django_db
def test_fifty_characters_of_four_bytes_fit(office):
    person = factory.make_delegate(name="\U00020000" * 50)
    person.full_clean()
    field = DelegateForm(user=office)["name"]

    assert Delegate.objects.get(name="\U00020000" * 50) == person
    # A browser counts each of them twice.
    assert 'maxlength="100"' in str(field)
    assert DelegateForm({"name": "王" * 51}, user=office)["name"].errors == [
        "最多填写50个字，现在有51个字。"
    ]
