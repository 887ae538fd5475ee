"""Whether a paper in hand is one that the office signed: the public page and the command."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from reports.signing import codes, verifying
from tests import factory

FIRST = "《XX镇人大工作情况汇报》第1版，人大主席周建华2020年8月20日签发，"
PDF = b"%PDF-1.7 AAAC-3456 words"


@pytest.fixture
def version(small_report, chair):
    return factory.make_version(
        small_report,
        chair,
        code="AAAC3467",
        title="XX镇人大工作情况汇报",
        pdf=PDF.replace(b"3456", b"3467"),
        docx=b"PK docx",
        html="<p>网页</p>",
        signer_name="周建华",
        signer_title="人大主席",
    )


def test_a_telephone_reads_the_page_or_else_the_code():
    paper = codes.verification("AAAC3467", "https://rd.example.gov.cn")
    without_address = codes.verification("AAAC3467", "")

    assert paper.scanned == "https://rd.example.gov.cn/verify/?code=AAAC-3467"
    assert without_address.scanned == "AAAC-3467"


def said(response):
    return [response.context.get(name) for name in ("found", "not_found")]


def verdict(content):
    file = SimpleUploadedFile("report.pdf", content)
    return Client().post("/verify/", {"file": file}).context["verdict"]


@pytest.mark.parametrize("typed", ["AAAC-3467", "aaac 3467", "ＡＡＡＣ３４６７"])
def test_a_code_tells_what_was_signed(version, typed):
    found = f"查验码AAAC-3467：{FIRST}是最新版本。"
    assert said(Client().get("/verify/", {"code": typed})) == [found, ""]


def test_a_later_version_is_named(version, small_report, chair):
    factory.make_version(small_report, chair)
    assert said(Client().get("/verify/", {"code": "AAAC3467"})) == [
        f"查验码AAAC-3467：{FIRST}已被第2版取代。",
        "",
    ]
    assert verdict(bytes(version.pdf)).sentence == f"与签发的文件一致。{FIRST}已被第2版取代。"


def test_an_unknown_code(version):
    assert said(Client().get("/verify/", {"code": "AAAC-3469"})) == ["", "没有这个查验码，请核对。"]


def test_files(version, monkeypatch):
    """The very file; one that was changed and still shows its code; one from elsewhere."""
    pdf = bytes(version.pdf)
    for content in (pdf, bytes(version.docx), version.html.encode()):
        assert verdict(content) == verifying.Verdict(
            True, f"与签发的文件一致。{FIRST}是最新版本。", version
        )
    altered = "与签发的文件不一致：写有查验码AAAC-3467，但内容不是签发时的内容。"
    for content in (pdf.replace(b"words", b"lords"), b"<p>AAAC-3467</p>"):
        assert verdict(content) == verifying.Verdict(
            False, f"{altered}{FIRST}是最新版本。", version
        )
    for content in (PDF, b"PK\x03\x04", b"%PDF-1.7 \xff", b"\x00"):
        assert verdict(content) == verifying.Verdict(False, verifying.UNKNOWN)
    empty = Client().post("/verify/", {"file": SimpleUploadedFile("a.pdf", b"")})
    assert "文件是空的，请重新选择。" in empty.content.decode()


def test_from_the_shell(version, tmp_path):
    file = tmp_path / "report.pdf"
    file.write_bytes(version.pdf)
    told = io.StringIO()
    call_command("verify_report", str(file), stdout=told)
    assert told.getvalue() == f"与签发的文件一致。{FIRST}是最新版本。\n"
    file.write_bytes(b"%PDF-")
    for name, sentence in (
        (file, verifying.UNKNOWN),
        (tmp_path / "none", f"不能读取文件“{tmp_path}/none”。"),
    ):
        with pytest.raises(SystemExit) as refused:
            call_command("verify_report", str(name))
        assert refused.value.code == sentence
