"""Chinese line setting that the PDF engine lacks: flush lines, one grid, units kept with numbers.

The engine (WeasyPrint) widens only the spaces of a justified line, so that four of ten Chinese
lines end short of the edge, and lets a line grow when a glyph comes from a second font. Three
of its functions are replaced here; they are internal, so only one version of it is accepted.
"""

import re
import unicodedata
from xml.etree.ElementTree import Element, SubElement

from congress.title_lines import WIDEST, WIDEST_SUBTITLE, title_lines

ENGINE_VERSION = "70.0"

# Shares of a character: gaps up to the first are taken between Han characters alone, up to the
# second between all characters; a line that needs wider ones looks better when it ends short.
WIDEST_HAN_GAP = 0.4
WIDEST_GAP = 0.6
# Height of every Han glyph above the baseline, as a share of the character, in all CJK fonts.
HAN_ASCENT = 0.88

WORD_JOINER = "\u2060"
ZERO_WIDTH_SPACE = "\u200b"
# Numbers, Latin words and the two-cell marks are not spaced out: 2020 stays 2020.
RIGID = re.compile(rf"(?:[!-~{WORD_JOINER}{ZERO_WIDTH_SPACE}]|——|……)+")

HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
NUMBER_AND_UNIT = re.compile(rf"([0-9])([余多]?)(人次|[百千万亿]*{HAN})")
RANGE_OF_NUMBERS = re.compile(r"(?<=[0-9%])([—～])(?=[0-9])")
# GB/T 15834 5.1: these two never begin a line; Unicode's own rule allows it.
NEVER_FIRST = re.compile(r"(?<=[^\s\u2060])([·～])")
# Unicode's rule, made for all languages, breaks on neither side of a quotation mark.
OUTSIDE_QUOTES = re.compile(
    rf"(?<=[，。、；：！？”》）]|{HAN})(?=“)|(?<=”)(?=[0-9A-Za-z《（〔]|{HAN})"
)

LAST_TWO = re.compile(rf"({HAN}{WORD_JOINER}?{HAN}[，。、；：？！”’）》…]*)(\s*)$")

# What is broken by sense, by tag and class, and how many characters a line of it holds.
WIDEST_LINES = {("h1", "title"): WIDEST, ("p", "subtitle"): WIDEST_SUBTITLE}

# Elements whose face has its own digits and letters.
OWN_LATIN = ("h1", "h2", "th")
LATIN_RUN = re.compile(r"([!-~—·]+)")


def prepare(root):
    """Mark up the body of an element tree for print, in place."""
    body = root.find("body")
    if body is not None:
        for element in list(body.iter()):
            if widest := WIDEST_LINES.get((element.tag, element.get("class"))):
                break_by_sense(element, widest)
        keep_together(body)
        for element in body.iter("p"):
            keep_the_end_together(element)
        for tag in OWN_LATIN:
            for element in list(body.iter(tag)):
                mark_latin(element)


def keep_together(element):
    """Join numbers to their units in all text but that of headings, which become bookmarks."""
    if element.tag in ("h1", "h2", "h3") or not isinstance(element.tag, str):
        return
    element.text = joined(element.text)
    for child in element:
        keep_together(child)
        child.tail = joined(child.tail)


def joined(text):
    """Return `text` with word joiners where a line must not break (33|条, 20|余|名, 拉|·买) and
    zero-width spaces where it may (道路、 “村村通” 工程)."""
    if not text:
        return text
    text = NUMBER_AND_UNIT.sub(
        lambda match: WORD_JOINER.join([match[1], *match[2], *match[3]]), text
    )
    text = RANGE_OF_NUMBERS.sub(rf"{WORD_JOINER}\1{WORD_JOINER}", text)
    text = NEVER_FIRST.sub(rf"{WORD_JOINER}\1", text)
    return OUTSIDE_QUOTES.sub(ZERO_WIDTH_SPACE, text)


def keep_the_end_together(element):
    """Join the last two characters of a paragraph, so that no last line holds but one; the line
    before it becomes a little looser."""
    for holder, name in reversed(list(_texts(element))):
        text = getattr(holder, name) or ""
        if not text.strip():
            continue
        if found := LAST_TWO.search(text):
            end = WORD_JOINER.join(found[1].replace(WORD_JOINER, ""))
            setattr(holder, name, text[: found.start()] + end + found[2])
        return


def _texts(element):
    """Yield (element, attribute) of each text below `element`, in order."""
    yield element, "text"
    for child in element:
        yield from _texts(child)
        yield child, "tail"


def break_by_sense(element, widest):
    """Break a title that takes several lines, unless the office broke it."""
    if len(element) or not element.text:
        return
    first, *rest = title_lines(element.text.strip(), widest)
    element.text = first
    for line in rest:
        SubElement(element, "br").tail = line


def mark_latin(element):
    """Wrap the runs of digits, letters and dashes below `element` in span.latin."""
    element.text, parts = _latin_spans(element.text)
    for child in list(element):
        mark_latin(child)
        child.tail, spans = _latin_spans(child.tail)
        parts += [child, *spans]
    element[:] = parts


def _latin_spans(text):
    """Split `text` into what precedes the first run and one span a run with what follows it."""
    first, *rest = LATIN_RUN.split(text or "")
    spans = []
    for run, tail in zip(rest[::2], rest[1::2], strict=True):
        span = Element("span", {"class": "latin"})
        span.text, span.tail = run, tail
        spans.append(span)
    return first, spans


def elastic_spans(text):
    """Return the (start, end) pairs of `text` that may be spaced out, in order."""
    spans, position = [], 0
    for match in RIGID.finditer(text):
        if match.start() > position:
            spans.append((position, match.start()))
        position = match.end()
    if position < len(text):
        spans.append((position, len(text)))
    return spans


def whole_span(text):
    return [(0, len(text))]


class Elasticity:
    """How far a text can be spaced out: each character of its spans takes half a gap a side.

    `count` is in gaps, `before` and `after` are the halves outside the text; the ends of a line
    have none.
    """

    def __init__(self, text, spans, *, starts_line, ends_line):
        # Marks and variation selectors go with the character before them.
        count = sum(
            unicodedata.category(character) not in ("Mn", "Me")
            for start, end in spans
            for character in text[start:end]
        )
        before = 0.5 if spans and spans[0][0] == 0 else 0
        after = 0.5 if spans and spans[-1][1] == len(text) else 0
        self.inner = count - before - after
        self.before = 0 if starts_line else before
        self.after = 0 if ends_line else after
        self.count = self.before + self.inner + self.after


def install(engine):
    """Replace the engine's functions; raise RuntimeError for a version not measured here."""
    if engine.__version__ != ENGINE_VERSION:
        raise RuntimeError(
            f"排版程序只与 WeasyPrint {ENGINE_VERSION} 配套，现装的是 {engine.__version__}，"
            "请按 pyproject.toml 重新安装。"
        )
    inline = engine.layout.inline
    if inline.justify_line.__module__ == __name__:
        return
    boxes = engine.formatting_structure.boxes
    layout_class = _stretched_layout_class(engine)
    split_text_box, strut = inline.split_text_box, inline.strut

    def justify_line(context, line, extra_width):
        texts = [box for box in line.descendants() if isinstance(box, boxes.TextBox) and box.text]
        for spans_of, widest in ((elastic_spans, WIDEST_HAN_GAP), (whole_span, WIDEST_GAP)):
            elastic = {
                box: Elasticity(
                    box.text,
                    spans_of(box.text),
                    starts_line=box is texts[0],
                    ends_line=box is texts[-1],
                )
                for box in texts
            }
            count = sum(elasticity.count for elasticity in elastic.values())
            if count > 0 and extra_width / count <= widest * line.style["font_size"]:
                widen(line, extra_width / count, 0, elastic, spans_of)
                return

    def widen(box, gap, shift, elastic, spans_of):
        """Move `box` right by `shift`, space out its text; return the shift of what follows."""
        if isinstance(box, boxes.TextBox):
            if box not in elastic:
                return shift
            elasticity = elastic[box]
            box.position_x += shift + gap * elasticity.before
            box.width += gap * elasticity.inner
            layout = layout_class(box.style, gap, spans_of)
            layout.set_text(box.text)
            layout.deactivate()
            box.pango_layout = layout
            return shift + gap * elasticity.count
        if not isinstance(box, (boxes.LineBox, boxes.InlineBox)):
            box.translate(shift, 0)
            return shift
        box.position_x += shift
        end = shift
        for child in box.children:
            if child.is_in_normal_flow():
                end = widen(child, gap, end, elastic, spans_of)
        box.width += end - shift
        return end

    def strut_on_grid(style):
        """Centre the Han glyphs in the line whatever the font, so that all baselines agree."""
        line_height, _ = strut(style)
        size = style["font_size"]
        return line_height, (line_height - size) / 2 + HAN_ASCENT * size

    def split_text_box_on_grid(context, box, *arguments, **options):
        """Keep the height of the line whatever fonts the glyphs of the text come from."""
        box, resume_index, preserved = split_text_box(context, box, *arguments, **options)
        if box is not None:
            line_height, baseline = strut_on_grid(box.style)
            box.margin_top += baseline - box.baseline
            box.margin_bottom = line_height - box.height - box.margin_top
            box.baseline = baseline
        return box, resume_index, preserved

    inline.justify_line = justify_line
    inline.strut = strut_on_grid
    inline.split_text_box = split_text_box_on_grid


def _stretched_layout_class(engine):
    line_break, ffi = engine.text.line_break, engine.text.ffi
    pango = ffi.pango

    class StretchedLayout(line_break.Layout):
        """A line of text with a gap between the characters of its elastic spans."""

        def __init__(self, style, gap, spans_of):
            self.gap, self.spans_of = gap, spans_of
            super().__init__(style)

        def set_text(self, text, justify=False):
            super().set_text(text, justify)
            spacing = self.style["letter_spacing"]
            spacing = self.gap + (0 if spacing == "normal" else spacing)
            attributes = pango.pango_layout_get_attributes(self.layout)
            if attributes == ffi.ffi.NULL:
                attributes = ffi.ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
            for start, end in self.spans_of(self.text):
                attribute = pango.pango_attr_letter_spacing_new(int(spacing * ffi.TO_UNITS))
                attribute.start_index = len(self.text[:start].encode())
                attribute.end_index = len(self.text[:end].encode())
                pango.pango_attr_list_change(attributes, attribute)
            pango.pango_layout_set_attributes(self.layout, attributes)

    return StretchedLayout
