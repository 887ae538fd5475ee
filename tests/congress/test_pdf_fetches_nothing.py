"""A paper is set from its own words: nothing is fetched, no file of the machine gets into it."""

import io
import socket

import pikepdf
import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from congress.pdf import ARCHIVE, TAGGED, render_pdf
from reports.models import AnnualReport
from tests import factory

SECRET = "甲鱼之密ZXQV"
#: All ways to name another file that the engine knows, `{}` being the address.
WAYS = (
    '<link rel="stylesheet" href="{}">',
    '<link rel="attachment" href="{}">',
    '<link rel="icon" href="{}">',
    "<style>@import url({});</style>",
    "<style>@import '{}';</style>",
    '<style>@font-face {{ font-family: other; src: url("{}") }} p {{ font-family: other }}</style>',
    '<style>p::before {{ content: url("{}") }}</style>',
    '<style>li {{ list-style-image: url("{}") }}</style>',
    '<style>@page {{ background: url("{}"); @top-left {{ content: url("{}") }} }}</style>',
    '<p style="background: url({}); border-image: url({})">字</p>',
    '<img src="{}">',
    '<img srcset="{} 1x" alt="字">',
    '<object data="{}"></object>',
    '<embed src="{}">',
    '<iframe src="{}"></iframe>',
    '<a rel="attachment" href="{}">字</a>',
    '<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
    '<image href="{}" width="9" height="9"/><image xlink:href="{}" width="9" height="9"/>'
    '<use href="{}#a"/><style>@import url({});</style></svg>',
    '<math><mi href="{}">字</mi></math>',
)


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def was_asked(listener):
    try:
        listener.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def content_of(pdf):
    """All streams unpacked, and the files that hang on it."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        attached = list(opened.attachments)
        streams = [each.read_bytes() for each in opened.objects if isinstance(each, pikepdf.Stream)]
    return b"".join(streams), attached


@pytest.mark.parametrize("variant", [ARCHIVE, TAGGED])
def test_whatever_a_document_names_is_left_out(listener, tmp_path, caplog, variant):
    files = {}
    for suffix, content in {
        "txt": SECRET,
        "css": f'p::after {{ content: "{SECRET}" }}',
        "svg": f'<svg xmlns="http://www.w3.org/2000/svg"><text>{SECRET}</text></svg>',
    }.items():
        files[suffix] = tmp_path / f"secret.{suffix}"
        files[suffix].write_text(content)
    port = listener.getsockname()[1]
    addresses = [
        f"http://127.0.0.1:{port}/a.css",
        f"https://127.0.0.1:{port}/a.png",
        f"ftp://127.0.0.1:{port}/a",
        f"//127.0.0.1:{port}/a.svg",
        *(path.as_uri() for path in files.values()),
        f"file://127.0.0.1{files['txt']}",
        "../manage.py",
        "css/../../manage.py",
        "css/%2e%2e/%2e%2e/manage.py",
        f"data:text/css,p::after%7Bcontent:'{SECRET}'%7D",
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9e9' height='9e9'/>",
    ]
    named = "".join(
        way.replace("{{", "{").replace("}}", "}").replace("{}", address)
        for way in WAYS
        for address in addresses
    )
    page = render_to_string("base_print.html", {})
    pdf = render_pdf(page.replace("</body>", f"{named}<p>正文</p></body>"), variant=variant)
    plain = render_pdf(page.replace("</body>", "<p>正文</p></body>"), variant=variant)

    content, attached = content_of(pdf)
    assert not was_asked(listener)
    assert SECRET.encode() not in content
    assert b"DJANGO_SETTINGS_MODULE" not in content
    assert attached == content_of(plain)[1] == []
    refused = "\n".join(record.getMessage() for record in caplog.records)
    asked = [f"http://127.0.0.1:{port}/a.css", *(path.as_uri() for path in files.values())]
    assert [address for address in asked if f"Refused to read {address}" not in refused] == []


@pytest.mark.django_db
def test_what_somebody_typed_is_text_in_a_paper(
    listener, tmp_path_factory, secretary, logged_in, set_today, papers_as_html, monkeypatch
):
    """Names and narratives reach the engine escaped: it sees no tag in them."""
    file = tmp_path_factory.mktemp("a") / "s.svg"
    file.write_text(SECRET)
    link = f'<a rel="attachment" href="{file.as_uri()}">字</a>'
    typed = f'</p></title><img src="http://127.0.0.1:{listener.getsockname()[1]}/">{link}'
    set_today("2020-08-20")
    factory.make_township(name=typed[:40])
    room = factory.make_room(factory.make_group(1))
    type(room).objects.update(name=link)
    report = AnnualReport.objects.create(
        year=2020, start=factory.day("2020-01-01"), cut_off=factory.day("2020-08-20")
    )
    report.narratives.create(place="前言-1", text=typed)
    client = logged_in(secretary)
    pages = [
        client.get(reverse("room_report_pdf")).content.decode().removeprefix("%PDF-"),
        client.get(reverse("report_html", args=["2020"])).content.decode(),
    ]

    monkeypatch.undo()  # from here on papers are set
    for page in pages:
        assert "&lt;a rel=" in page
        assert [tag for tag in ("<img", 'rel="attachment"') if tag in page] == []
        content, attached = content_of(render_pdf(page))
        assert (SECRET.encode() in content, attached) == (False, [])
    assert not was_asked(listener)
