"""PDFs are rendered apart, once, within limits: nothing stuck there stops the program."""

import os
import signal
import threading
import time
from multiprocessing.connection import Pipe
from pathlib import Path

import pytest

from congress import pdf_cache, pdf_process, pdf_worker
from congress.pdf import TAGGED, PdfUnavailableError, render_pdf
from congress.pdf_engine import Order
from congress.pdf_process import Rendered
from tests.printed import document

ORDER = Order((("<p>无。</p>",),))


@pytest.fixture(autouse=True)
def empty_cache(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def order(text):
    return Order(((document(f"<p>{text}</p>"),),))


def worker_id():
    pdf_process.render(order("先排一份。"))
    return pdf_process._worker.process.pid


def exists(process_id):
    """A zombie exists too."""
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


# The process


def test_stuck_render_is_ended_with_a_sentence(monkeypatch, caplog):
    stuck = worker_id()
    monkeypatch.setattr(pdf_process, "MOST_SECONDS", 1)
    os.kill(stuck, signal.SIGSTOP)

    with pytest.raises(PdfUnavailableError, match="排了1秒还没有排好，已经停止"):
        render_pdf(document("<p>卡住。</p>"))
    assert not exists(stuck)

    monkeypatch.undo()
    assert render_pdf(document("<p>卡住。</p>")).startswith(b"%PDF")
    assert [record.getMessage() for record in caplog.records] == ["A PDF took more than 1 seconds"]


def test_process_that_was_killed_is_started_again(caplog):
    killed = worker_id()
    os.kill(killed, signal.SIGKILL)

    assert pdf_process.render(order("再排一份。")).content.startswith(b"%PDF")
    assert not exists(killed)
    assert pdf_process._worker.process.pid != killed
    assert [record.getMessage() for record in caplog.records] == [
        "The process that renders PDFs ended with code -9"
    ]


def test_what_breaks_in_the_engine_is_logged_and_told(caplog):
    with pytest.raises(PdfUnavailableError, match="没有排成，原因已写入系统日志"):
        render_pdf(document(""), base_css="absent.css")

    assert "FileNotFoundError" in caplog.text


def test_process_is_told_no_secrets():
    surroundings = Path(f"/proc/{worker_id()}/environ").read_text()

    assert "SECRET_KEY" in os.environ
    assert not [name for name in ("SECRET", "KEY", "DATABASE") if name in surroundings]


def test_process_ends_by_itself_without_its_parent():
    assert pdf_process._Worker().end(20) == 0


@pytest.mark.parametrize(
    ("limit", "value", "is_last"),
    [("MOST_RENDERS", 1, True), ("MOST_RESIDENT", 0, True), ("MOST_RENDERS", 2, False)],
)
def test_process_is_replaced_after_so_many_renders_or_so_much_memory(
    monkeypatch, limit, value, is_last
):
    monkeypatch.setattr(pdf_worker, "MOST_RESIDENT", 1 << 50)
    monkeypatch.setattr(pdf_worker, "IDLE_SECONDS", 0)
    monkeypatch.setattr(pdf_worker, limit, value)
    monkeypatch.setattr(pdf_worker.pdf_engine, "render", lambda order: b"%PDF")
    ours, theirs = Pipe()
    ours.send((ORDER, 9))
    pdf_worker.serve(theirs)

    assert ours.recv() == ("done", b"%PDF", [], is_last)


# The cache


class Maker:
    def __init__(self, *, is_clean=True, seconds=0):
        self.made, self.is_clean, self.seconds = 0, is_clean, seconds

    def __call__(self, order):
        self.made += 1
        time.sleep(self.seconds)
        return Rendered(b"%PDF " + order.sheets[0][0].encode(), self.is_clean)


def test_same_document_is_rendered_once():
    make = Maker()
    found = {pdf_cache.made_once(ORDER, make) for _ in range(3)}

    assert (len(found), make.made) == (1, 1)


def test_same_document_asked_for_twice_at_once_is_rendered_once():
    make = Maker(seconds=0.2)
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(pdf_cache.made_once(ORDER, make)))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(found), len(set(found)), make.made) == (3, 1, 1)


def test_what_the_engine_complained_about_is_rendered_again():
    make = Maker(is_clean=False)
    for _ in range(2):
        pdf_cache.made_once(ORDER, make)

    assert make.made == 2


def test_other_document_style_or_variant_is_another_file(monkeypatch):
    html = ORDER.sheets
    orders = [
        ORDER,
        Order((("<p>有。</p>",),)),
        Order((html[0] * 2,)),
        Order(html * 2),
        Order(html, pages=1),
        Order(html, first_page=2),
        Order(html, variant=TAGGED),
        Order(html, base_css="app.css"),
    ]
    keys = [pdf_cache.key(each) for each in orders]
    monkeypatch.setattr(pdf_cache.fonts, "installed", lambda: ("simfang.ttf 1",))

    assert len({*keys, pdf_cache.key(ORDER)}) == len(orders) + 1


def test_kept_files_are_sealed_and_private():
    content = pdf_cache.made_once(ORDER, Maker())
    (kept,) = (path for path in pdf_cache.folder().iterdir() if path.stat().st_size)

    assert content not in kept.read_bytes()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert pdf_cache.folder().stat().st_mode & 0o777 == 0o700


def test_old_files_and_the_oldest_of_too_many_go(monkeypatch):
    make = Maker()
    orders = [Order(((f"<p>{number}</p>",),)) for number in range(4)]
    for age, each in zip((4000, 300, 200, 0), orders, strict=True):
        pdf_cache.made_once(each, make)
        path = pdf_cache.folder() / pdf_cache.key(each)
        os.utime(path, (time.time() - age, time.time() - age))
    size = path.stat().st_size
    monkeypatch.setattr(pdf_cache, "MOST_BYTES", 2 * size)
    pdf_cache._remove_old()

    assert {path.name for path in pdf_cache.folder().iterdir() if path.stat().st_size} == {
        pdf_cache.key(each) for each in orders[2:]
    }


def test_damaged_file_is_made_again():
    make = Maker()
    pdf_cache.made_once(ORDER, make)
    (pdf_cache.folder() / pdf_cache.key(ORDER)).write_bytes(b"gAAAA")
    pdf_cache.made_once(ORDER, make)

    assert make.made == 2


def test_pages_keep_a_thread_for_themselves(monkeypatch):
    monkeypatch.setattr(pdf_cache, "_places", threading.BoundedSemaphore(1))
    monkeypatch.setattr(pdf_cache, "SECONDS_TO_WAIT", 0)

    def while_rendering(order):
        with pytest.raises(PdfUnavailableError, match="正在排印的文件较多"):
            pdf_cache.made_once(Order((("<p>另一份。</p>",),)), Maker())
        return Rendered(b"%PDF", True)

    assert pdf_cache.made_once(ORDER, while_rendering) == b"%PDF"
