"""While rendering, files of static/ may be read and nothing else."""

import base64
import http.server
import threading
from pathlib import Path

import pytest

from congress import pdf_engine
from congress.pdf import render_pdf
from tests import printed
from tests.printed import document

SECRET = "kept-from-the-report"
PIXEL = base64.b64encode(
    b"GIF89a\x01\x00\x01\x00\x80\x01\x00\xff\xff\xff\x00\x00\x00,"
    b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
).decode()


@pytest.fixture
def web_server():
    """Serve on this machine and keep the addresses that were asked for."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    server.asked = asked
    server.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def secret_file(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    return path


def refusals(caplog):
    return [
        record.getMessage() for record in caplog.records if record.name == "congress.pdf_engine"
    ]


@pytest.mark.parametrize(
    "body",
    [
        "<img src='{0}/a'>",
        "<link rel=stylesheet href='{0}/a'>",
        "<style>@import '{0}/a';</style>",
        "<style>p {{ background: url({0}/a) }}</style>",
        "<style>@font-face {{ font-family: a; src: url({0}/a) }}</style>",
        "<link rel=attachment href='{0}/a'>",
        "<a rel=attachment href='{0}/a'>附件</a>",
        "<object data='{0}/a'></object>",
        "<svg xmlns='http://www.w3.org/2000/svg'><image href='{0}/a'/></svg>",
    ],
)
def test_network_is_not_asked(body, web_server, caplog):
    data = render_pdf(document(f"{body.format(web_server.address)}<p>正文。</p>"))

    assert web_server.asked == []
    assert set(refusals(caplog)) == {
        f"Refused to read {web_server.address}/a while rendering a PDF"
    }
    assert "正文。" in printed.text_rows(data)[-1].text


@pytest.mark.parametrize(
    "body",
    [
        "<img src='{0}'>",
        "<link rel=attachment href='{0}'>",
        "<a rel=attachment href='{0}'>附件</a>",
        "<link rel=stylesheet href='{0}'>",
        "<object data='{0}'></object>",
    ],
)
def test_files_elsewhere_are_not_read(body, secret_file, caplog):
    address = secret_file.as_uri()
    data = render_pdf(document(f"{body.format(address)}<p>正文。</p>"))

    assert set(refusals(caplog)) == {f"Refused to read {address} while rendering a PDF"}
    assert printed.reader(data).attachments == {}
    assert "正文。" in printed.text_rows(data)[-1].text


def test_data_addresses_are_refused(caplog):
    render_pdf(document(f"<img src='data:image/gif;base64,{PIXEL}'>"))

    assert len(refusals(caplog)) == 1


def test_files_of_static_are_read(caplog):
    render_pdf(document("<link rel=stylesheet href='css/print.css'><p>正文。</p>"))

    assert caplog.records == []


@pytest.fixture
def static(monkeypatch, tmp_path):
    folder = tmp_path / "static"
    (folder / "css").mkdir(parents=True)
    (folder / "css" / "own style.css").write_text("p { color: red }")
    (tmp_path / "static-other").mkdir()
    (tmp_path / "static-other" / "a.css").write_text(SECRET)
    (folder / "linked.css").symlink_to(tmp_path / "static-other" / "a.css")
    (folder / "linked").symlink_to(tmp_path / "static-other")
    monkeypatch.setattr(pdf_engine, "STATIC", folder)
    return folder


def test_file_of_static_is_found(static):
    path = static / "css" / "own style.css"

    assert pdf_engine._static_file(path.as_uri()) == path


@pytest.mark.parametrize(
    "address",
    [
        "file://{0}",
        "file://{0}/css",
        "file://{0}/absent.css",
        "file://{0}/linked.css",
        "file://{0}/linked/a.css",
        "file://{0}/../static-other/a.css",
        "file://{0}/css/../../static-other/a.css",
        "file://{0}/%2e%2e/static-other/a.css",
        "file://{0}-other/a.css",
        "file://elsewhere{0}/css/own%20style.css",
        "file:css/own%20style.css",
        "file://{0}/css/own%20style.css%00",
        "ftp://{0}/css/own%20style.css",
        "http://localhost{0}/css/own%20style.css",
        "{0}/css/own%20style.css",
        "data:text/css,p",
        "",
    ],
)
def test_other_addresses_are_refused(static, address):
    assert pdf_engine._static_file(address.format(Path(static))) is None
