"""Elements of WordprocessingML: what python-docx has no words for, and long tables at speed."""

import re

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

#: What XML cannot hold; text pasted from old programs brings it along.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\ufffe\uffff]")


def w(tag: str, *children, **attributes):
    """<w:tag> with its children; None among them is left out. Attributes are in w: too."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(child for child in children if child is not None)
    return element


def run(text: str):
    """Text whose quotation marks and dashes are Chinese; a line break ends a line in it."""
    parts = []
    for line in _UNWRITABLE.sub("", text).splitlines():
        written = w("t")
        written.text = line
        if line != line.strip():
            written.set(qn("xml:space"), "preserve")
        parts += [w("br"), written] if parts else [written]
    return w("r", w("rPr", w("rFonts", hint="eastAsia")), *parts)


def tab():
    return w("r", w("tab"))


def paragraph(style: str, *runs, **exceptions):
    """A paragraph in the style of this id; exceptions are those of ``layout``."""
    return w("p", layout(style, **exceptions), *runs)


def layout(
    style: str,
    *,
    keep_next=False,
    page_break=False,
    in_pairs=False,
    before: int | None = None,
    after: int | None = None,
    left: int = 0,
    right: int = 0,
    hanging: int | None = None,
    align: str = "",
):
    """What a paragraph has other than its style, in the order of the schema; lengths in
    twentieths of a point.

    ``in_pairs``: never one line alone on a page. ``hanging``: what the first line begins before
    the others.
    """
    spacing = {
        name: value for name, value in (("before", before), ("after", after)) if value is not None
    }
    indent = {name: value for name, value in (("left", left), ("right", right)) if value}
    if hanging is not None:
        indent |= {"firstLineChars": 0, "hanging" if hanging else "firstLine": hanging}
    return w(
        "pPr",
        w("pStyle", val=style),
        w("keepNext") if keep_next else None,
        w("pageBreakBefore") if page_break else None,
        w("widowControl") if in_pairs else None,
        w("spacing", **spacing) if spacing else None,
        w("ind", **indent) if indent else None,
        w("jc", val=align) if align else None,
    )
