"""Attachments in and out: checked by content, named safely, always served to be saved."""

import hashlib
import io
import re
import unicodedata

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict
from hypothesis import given, settings
from hypothesis import strategies as st

from congress.fields import prepare
from congress.file_kinds import (
    DAMAGED_PICTURE,
    ENCRYPTED,
    KINDS,
    MACROS,
    UNKNOWN,
)
from congress.uploads import (
    DISAGREES,
    EMPTY,
    MAX_BYTES,
    MAX_NAME_LENGTH,
    TOO_BIG,
    UploadField,
    UploadsField,
    download,
    safe_name,
)
from tests.congress import made_files as made

RARE = "黄𬱖𠮷"
examples = settings(max_examples=500, deadline=None, derandomize=True, database=None)


class Letter(forms.Form):
    photo = UploadField(label="照片")
    papers = UploadsField(label="材料", most=3, required=False)


def sent(name, data, claimed="application/octet-stream"):
    return SimpleUploadedFile(name, data, claimed)


def filled(*papers, photo=None):
    photo = photo or sent("照片.jpg", made.picture())
    return Letter({}, MultiValueDict({"photo": [photo], "papers": list(papers)}))


def cleaned(*papers):
    form = filled(*papers)
    assert form.is_valid()
    return form.cleaned_data["papers"]


def sentences(*papers):
    return filled(*papers).errors.get("papers", [])


def test_an_upload_says_what_it_is():
    data = made.xlsx()
    form = filled(sent("《台账》.xlsx", data), sent("意见.PDF", made.PDF))

    assert form.is_valid()
    assert [
        (upload.name, upload.content_type, upload.size, upload.sha256, upload.file.read())
        for upload in form.cleaned_data["papers"]
    ] == [
        (
            "《台账》.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            len(data),
            hashlib.sha256(data).hexdigest(),
            data,
        ),
        (
            "意见.pdf",
            "application/pdf",
            len(made.PDF),
            hashlib.sha256(made.PDF).hexdigest(),
            made.PDF,
        ),
    ]
    assert form.cleaned_data["photo"].name == "照片.jpg"


@pytest.mark.parametrize("claimed", ["application/pdf", "text/html", "image/png", ""])
def test_the_content_decides_and_the_name_follows(claimed):
    papers = [
        sent("合同.pdf", made.picture("PNG"), claimed),
        sent("报表.xlsx", made.package(), claimed),
        sent("说明.exe", made.PDF, claimed),
    ]

    assert [(upload.name, upload.content_type) for upload in cleaned(*papers)] == [
        ("合同.png", "image/png"),
        (
            "报表.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("说明.pdf", "application/pdf"),
    ]


def test_each_refusal_names_its_file():
    assert sentences(
        sent("空.pdf", b""), sent("好.pdf", made.PDF), sent("照片.jpg", made.picture()[:300])
    ) == [f"“空.pdf”：{EMPTY}", f"“照片.jpg”：{DAMAGED_PICTURE}"]
    assert sentences(
        sent("工具.exe", made.EXE),
        sent("合同.pdf", made.EXE),
        sent("图.png", made.HTML),
    ) == [f"“工具.exe”：{UNKNOWN}", f"“合同.pdf”：{DISAGREES}", f"“图.png”：{DISAGREES}"]
    assert sentences(
        sent("图.PNG", made.SVG),
        sent("图.jfif", b"alert(1)"),
        sent("表.xls", made.HTML),
    ) == [f"“{name}”：{DISAGREES}" for name in ("图.PNG", "图.jfif", "表.xls")]
    assert sentences(
        sent("密.docx", made.compound({"EncryptedPackage": bytes(6000)})),
        sent("宏.xlsm", made.package(made.content_types(xl_workbook=made.XLSM_MAIN))),
    ) == [f"“密.docx”：{ENCRYPTED}", f"“宏.xlsm”：{MACROS}"]


def test_ten_megabytes_are_the_limit():
    head, tail = made.PDF[:9], made.PDF[9:]
    fits = head + b" " * (MAX_BYTES - len(made.PDF)) + tail

    assert [sentences(sent("大.pdf", fits)), sentences(sent("大.pdf", fits + b"\n"))] == [
        [],
        [f"“大.pdf”：{TOO_BIG}"],
    ]


def test_no_more_files_than_allowed_and_none_where_none_is_needed():
    four = [sent(f"{number}.pdf", made.PDF) for number in range(4)]

    assert sentences(*four) == ["一次最多选择3个文件，现在选了4个。"]
    assert cleaned() == []
    assert Letter({}, {}).errors == {"photo": ["请选择文件。"]}
    assert Letter({}, MultiValueDict({"photo": ["text"]})).errors == {
        "photo": ["没有收到文件，请重新选择。"]
    }


def test_long_and_hidden_names_are_shown_legibly():
    assert sentences(sent("长" * 100 + ".pdf", made.EXE), sent("合同\u202efdp.exe", made.EXE)) == [
        f"“{'长' * 39}…”：{DISAGREES}",
        f"“合同fdp.exe”：{UNKNOWN}",
    ]


def test_the_words_of_the_form_stay_and_it_asks_for_several_files():
    form = Letter()
    for field in form.fields.values():
        prepare(field)

    assert form.fields["papers"].help_text == (
        "图片（JPEG、PNG、WebP、GIF）、PDF、Word和Excel文件，最多3个，每个不超过10MB"
    )
    assert form.fields["photo"].help_text == (
        "图片（JPEG、PNG、WebP、GIF）、PDF、Word和Excel文件，不超过10MB"
    )
    assert " multiple" in str(form["papers"])
    assert " multiple" not in str(form["photo"])
    assert 'accept="image/jpeg,image/png,image/webp,image/gif,.pdf,.doc,.docx,.xls,.xlsx"' in str(
        form["photo"]
    )
    assert Letter({}, {}).errors == {"photo": ["请选择文件。"]}
    assert [filled().changed_data, Letter({}, {}).changed_data] == [["photo"], []]


def test_a_form_may_have_words_of_its_own():
    field = UploadField(help_text="盖章的原件", error_messages={"required": "请上传照片。"})

    with pytest.raises(forms.ValidationError, match="请上传照片。"):
        field.clean(None)
    assert field.help_text == "盖章的原件"


def test_chinese_and_rare_names_survive_the_browser():
    content = io.BytesIO(made.PDF)
    content.name = f"《关于{RARE}的意见》（2020）.pdf"
    request = RequestFactory().post("/", {"photo": content})
    form = Letter(request.POST, request.FILES)

    assert form.is_valid()
    assert form.cleaned_data["photo"].name == f"《关于{RARE}的意见》（2020）.pdf"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("意见.pdf", "意见.pdf"),
        ("意见.PDF", "意见.pdf"),
        ("意见.docx", "意见.pdf"),
        ("意见", "意见.pdf"),
        ("意见.docx.pdf", "意见.docx.pdf"),
        ("工具.exe", "工具.pdf"),
        ("第3.5稿", "第3.5稿.pdf"),
        ("关于3.5事项", "关于3.5事项.pdf"),
        ("《意见》（一）.pdf", "《意见》（一）.pdf"),
        (f"{RARE}.pdf", f"{RARE}.pdf"),
        ("葛\U000e0100.pdf", "葛\U000e0100.pdf"),
        ("\ue000村.pdf", "\ue000村.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\文件\\意见.pdf", "意见.pdf"),
        ("C:意见.pdf", "C_意见.pdf"),
        ("一\n二\r\n三\t四\0.pdf", "一二三四.pdf"),
        ("合同\u202efdp.exe", "合同fdp.pdf"),
        ("\u2066甲\u2069\u200b\ufeff乙.pdf", "甲乙.pdf"),
        ("甲\ud800乙\ufffe.pdf", "甲乙.pdf"),
        ('甲<b>"乙"?*|.pdf', "甲_b__乙____.pdf"),
        ("  .意见 . .pdf", "意见.pdf"),
        ("意见.pdf. ", "意见.pdf"),
        (".pdf", "附件.pdf"),
        ("..", "附件.pdf"),
        ("", "附件.pdf"),
        ("文件/", "附件.pdf"),
        ("长" * 300 + ".pdf", "长" * 76 + ".pdf"),
        ("𬱖" * 300, "𬱖" * 76 + ".pdf"),
        ("长" * 75 + ". 短", "长" * 75 + ".pdf"),
    ],
)
def test_names_are_made_safe(name, safe):
    assert safe_name(name, ".pdf") == safe


NAMES = st.text(max_size=300) | st.lists(
    st.sampled_from(
        [
            "意见",
            RARE,
            ".pdf",
            ".JPG",
            ".",
            " ",
            "/",
            "\\",
            "\n",
            "\u202e",
            "\u3000",
            "a.b",
            "《",
            ":",
        ]
    )
    | st.characters(),
    max_size=120,
).map("".join)


@examples
@given(NAMES, st.sampled_from([kind.suffix for kind in KINDS]))
def test_any_name_becomes_a_safe_one(name, suffix):
    safe = safe_name(name, suffix)

    assert safe.endswith(suffix)
    assert len(suffix) < len(safe) <= MAX_NAME_LENGTH
    assert not re.search(r'[/\\<>:"|?*]', safe)
    assert {unicodedata.category(character) for character in safe}.isdisjoint(
        {"Cc", "Cf", "Cs", "Zl", "Zp"}
    )
    assert safe == safe.strip() == safe.lstrip(".")
    assert safe_name(safe, suffix) == safe
    safe.encode()


def test_a_download_is_saved_never_shown():
    response = download(io.BytesIO(made.HTML), f"《{RARE}》.pdf", "application/pdf")

    assert b"".join(response.streaming_content) == made.HTML
    assert dict(response.headers) == {
        "Content-Type": "application/pdf",
        "Content-Length": str(len(made.HTML)),
        "Content-Disposition": (
            "attachment; filename*=utf-8''%E3%80%8A%E9%BB%84%F0%AC%B1%96%F0%A0%AE%B7%E3%80%8B.pdf"
        ),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }
