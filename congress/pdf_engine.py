"""HTML to PDF by GB/T 9704: the one place that knows the PDF engine (WeasyPrint).

It knows nothing of Django: it runs in a process of its own, see ``congress/pdf_process.py``.

What may be read while rendering: files of `static/`, by file: address, without symbolic links.
Any other address (http, data, files elsewhere) is refused: the refusal is logged, what was
asked for is left out, and the rest of the document is rendered.
"""

import functools
import gc
import logging
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from congress import typesetting

logger = logging.getLogger(__name__)

STATIC = Path(__file__).resolve().parent.parent / "static"
FONT_FILES = ("FandolFang-Regular.otf", "FandolKai-Regular.otf")

# Digits and Latin letters come from one face throughout: these give up theirs, so that the next
# one in the stylesheet, Noto Serif CJK SC, steps in. (The stylesheet's 黑体 and 小标宋 have all
# the characters of that face, and the font system then drops it: see typesetting.mark_latin.)
HAN_FACES = (
    *("FangSong_GB2312", "FangSong", "STFangsong", "FandolFang"),
    *("KaiTi_GB2312", "KaiTi", "STKaiti", "FandolKai"),
)

#: For the archive: fonts inside, colours defined, every character known by its code (ISO 19005-2).
ARCHIVE = "pdf/a-2u"
#: For those who have it read out: headings, paragraphs and tables by name (ISO 14289-1).
TAGGED = "pdf/ua-1"


class PdfUnavailableError(RuntimeError):
    """There is no PDF, for want of a component or of time; the text is for the user."""


@dataclass(frozen=True)
class Order:
    """One PDF to make: several documents, each in several settings, the roomiest first.

    Of each that setting is taken that needs no more than ``pages`` pages, else the last one.
    """

    sheets: tuple[tuple[str, ...], ...]
    pages: int | None = None
    base_css: str = "print.css"
    first_page: int = 1
    variant: str = ARCHIVE


def render(order: Order) -> bytes:
    """The engine's font map is not made for threads, and switching the collector off concerns the
    whole process: one render at a time in each process."""
    engine = _engine()
    collecting = gc.isenabled()
    # A quarter of the time otherwise goes into collecting a tree that is still in use.
    gc.disable()
    try:
        styles = [_stylesheet(engine, order.base_css), *_numbering(engine, order.first_page)]
        documents = [_fitting(engine, htmls, order.pages, styles) for htmls in order.sheets]
        together = [page for document in documents for page in document.pages]
        return documents[0].copy(together).write_pdf(pdf_variant=order.variant)
    finally:
        if collecting:
            gc.enable()
        gc.collect()


def _fitting(engine, htmls, pages, styles):
    for html in htmls:
        document = _layout(engine, html, styles)
        if pages is None or len(document.pages) <= pages:
            return document
    return document


def _layout(engine, html, styles):
    document = engine.weasyprint.HTML(
        string=html, base_url=f"{STATIC.as_uri()}/", url_fetcher=engine.fetcher_class()
    )
    typesetting.prepare(document.etree_element)
    return document.render(stylesheets=styles, font_config=engine.font_config)


def _numbering(engine, first_page):
    """What counts the pages from another number than 1."""
    if first_page == 1:
        return []
    rule = f"@page :first {{ counter-reset: page {first_page}; }}"
    return [engine.weasyprint.CSS(string=rule, font_config=engine.font_config)]


def _stylesheet(engine, name):
    return _stylesheet_as_of(engine, name, (STATIC / "css" / name).stat().st_mtime_ns)


@functools.cache
def _stylesheet_as_of(engine, name, changed):
    """Read once a process: of a batch of short sheets it would else be a fifth of the time."""
    return engine.weasyprint.CSS(
        url=(STATIC / "css" / name).as_uri(),
        url_fetcher=engine.fetcher_class(),
        font_config=engine.font_config,
    )


@dataclass(frozen=True, eq=False)
class _Engine:
    weasyprint: Any
    font_config: Any
    fetcher_class: type


@functools.cache
def _engine():
    """Load the engine once a process: it takes a second, and most processes print nothing."""
    logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        raise PdfUnavailableError(
            "缺少生成PDF的系统组件（Pango），请管理员安装 libpango-1.0-0 和 libpangoft2-1.0-0。"
        ) from error
    try:
        typesetting.install(weasyprint)
    except RuntimeError as error:
        raise PdfUnavailableError(str(error)) from error
    return _Engine(
        weasyprint=weasyprint,
        font_config=_font_configuration(weasyprint),
        fetcher_class=_fetcher_class(weasyprint),
    )


def _font_configuration(weasyprint):
    """Return the process's fonts: the system's, those of static/fonts/, and the rules above.

    The fonts are read where they lie; @font-face would copy each into a temporary folder.
    """
    ffi = weasyprint.text.ffi
    configuration = weasyprint.text.fonts.FontConfiguration()
    ffi.fontconfig.FcConfigParseAndLoadFromMemory(
        configuration._config, _font_rules().encode(), True
    )
    for name in FONT_FILES:
        path = STATIC / "fonts" / name
        ffi.fontconfig.FcConfigAppFontAddFile(configuration._config, str(path).encode())
    ffi.pangoft2.pango_fc_font_map_config_changed(
        ffi.ffi.cast("PangoFcFontMap *", configuration.font_map)
    )
    return configuration


def _font_rules():
    """Return the fontconfig rules that take the visible ASCII characters from HAN_FACES."""
    rules = "".join(
        f'<match target="font"><test name="family"><string>{face}</string></test>'
        '<edit name="charset" mode="assign"><minus><name>charset</name>'
        "<charset><range><int>0x21</int><int>0x7e</int></range></charset>"
        "</minus></edit></match>"
        for face in HAN_FACES
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig>{rules}</fontconfig>"
    )


def _fetcher_class(weasyprint):
    """Return the fetcher that reads files of static/ and nothing else."""

    class StaticFetcher(weasyprint.urls.URLFetcher):
        def fetch(self, url, headers=None):
            path = _static_file(url)
            if path is None:
                logger.warning("Refused to read %.200s while rendering a PDF", url)
                raise PermissionError("only files of static/ may be read")
            content_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return weasyprint.urls.URLFetcherResponse(
                url, path.read_bytes(), {"Content-Type": content_type}
            )

    return StaticFetcher


def _static_file(url):
    """Return the path of a file in static/ that `url` names, or None for anything else."""
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc:
        return None
    path = Path(unquote(parts.path))
    try:
        # A path that changes when resolved goes up or through a link.
        allowed = path.resolve(strict=True) == path and path.is_file()
    except (OSError, ValueError):
        return None
    return path if allowed and path.is_relative_to(STATIC) else None
