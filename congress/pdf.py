"""HTML to PDF by GB/T 9704: the one place that knows the PDF engine (WeasyPrint).

What may be read while rendering: files of `static/`, by file: address, without symbolic links.
Any other address (http, data, files elsewhere) is refused: the refusal is logged, what was
asked for is left out, and the rest of the document is rendered.
"""

import functools
import gc
import logging
import mimetypes
import threading
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

from django.conf import settings

from congress import typesetting

logger = logging.getLogger(__name__)

FONT_FILES = ("FandolFang-Regular.otf", "FandolKai-Regular.otf")

# Digits and Latin letters come from one face throughout: these give up theirs, so that the next
# one in the stylesheet, Noto Serif CJK SC, steps in. (The stylesheet's 黑体 and 小标宋 have all
# the characters of that face, and the font system then drops it: see typesetting.mark_latin.)
HAN_FACES = (
    *("FangSong_GB2312", "FangSong", "STFangsong", "FandolFang"),
    *("KaiTi_GB2312", "KaiTi", "STKaiti", "FandolKai"),
)

# The engine's font map is not made for threads, and switching the collector off concerns the
# whole process: one render at a time in each process, the others wait.
_one_at_a_time = threading.Lock()


class PdfUnavailableError(RuntimeError):
    """The PDF engine or a system library of it is missing; the text is for the user."""


def render_pdf(html, *, base_css="print.css", first_page=1):
    """Return the PDF of a document made from `templates/base_print.html`.

    Its pages are numbered from `first_page`. Title, author and language are those of the HTML.
    `base_css` names a file of `static/css/`. The same input gives the same bytes. Raises
    PdfUnavailableError. Not for use inside a database transaction: a long report takes seconds.
    """
    return render_within_pages([html], base_css=base_css, first_page=first_page)


def render_within_pages(htmls, pages=None, *, base_css="print.css", first_page=1):
    """Return the PDF of the first of several settings of one document, the roomiest first, that
    takes no more than `pages` pages; of the last where none does. Otherwise like render_pdf.
    """
    return render_sheets([htmls], pages, base_css=base_css, first_page=first_page)


def render_sheets(sheets, pages=None, *, base_css="print.css", first_page=1):
    """Return one PDF of several documents, each in the setting that `render_within_pages` takes.

    Page numbers begin anew with each; title and author are the first one's.
    """
    with _one_at_a_time:
        engine = _engine()
        collecting = gc.isenabled()
        # A quarter of the time otherwise goes into collecting a tree that is still in use.
        gc.disable()
        try:
            styles = [_stylesheet(base_css), *_numbering(engine, first_page)]
            documents = [_fitting(engine, htmls, pages, styles) for htmls in sheets]
            together = [page for document in documents for page in document.pages]
            return documents[0].copy(together).write_pdf()
        finally:
            if collecting:
                gc.enable()
            gc.collect()


def _fitting(engine, htmls, pages, styles):
    for html in htmls:
        document = _layout(engine, html, styles)
        if pages is None or len(document.pages) <= pages:
            break
    return document


def _layout(engine, html, styles):
    static = static_folder()
    fetcher = engine.fetcher_class()
    document = engine.weasyprint.HTML(
        string=html, base_url=f"{static.as_uri()}/", url_fetcher=fetcher
    )
    typesetting.prepare(document.etree_element)
    return document.render(stylesheets=styles, font_config=engine.font_config)


def _numbering(engine, first_page):
    """What counts the pages from another number than 1."""
    if first_page == 1:
        return []
    rule = f"@page :first {{ counter-reset: page {first_page}; }}"
    return [engine.weasyprint.CSS(string=rule, font_config=engine.font_config)]


@functools.cache
def _stylesheet(name):
    """Read once a process: of a batch of short sheets it would else be a fifth of the time."""
    engine = _engine()
    return engine.weasyprint.CSS(
        url=(static_folder() / "css" / name).as_uri(),
        url_fetcher=engine.fetcher_class(),
        font_config=engine.font_config,
    )


def static_folder():
    return (Path(settings.BASE_DIR) / "static").resolve()


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
    return SimpleNamespace(
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
        path = static_folder() / "fonts" / name
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
    return path if allowed and path.is_relative_to(static_folder()) else None
