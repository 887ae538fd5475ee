"""文种, as the title tells it."""

from congress.models import Document

Kind = Document.Kind

#: What a title ends with; the longer words first.
ENDINGS = (
    ("计划安排", Kind.PLAN),
    ("意见", Kind.OPINION),
    ("决定", Kind.DECISION),
    ("决议", Kind.RESOLUTION),
    ("办法", Kind.MEASURES),
    ("制度", Kind.MEASURES),
    ("规定", Kind.MEASURES),
    ("细则", Kind.MEASURES),
    ("计划", Kind.PLAN),
    ("安排", Kind.PLAN),
    ("要点", Kind.PLAN),
    ("方案", Kind.PROGRAMME),
    ("通知", Kind.NOTICE),
    ("公告", Kind.ANNOUNCEMENT),
    ("通报", Kind.CIRCULAR),
    ("报告", Kind.REPORT),
    ("请示", Kind.REQUEST),
    ("批复", Kind.REPLY),
    ("函", Kind.LETTER),
    ("纪要", Kind.MINUTES),
)


def kind_of_title(title: str) -> str:
    """文种 by the last words of the title, as GB/T 9704 has it there; empty where none is."""
    stem = title.strip().rstrip("》").partition("（")[0]
    return next((kind for ending, kind in ENDINGS if stem.endswith(ending)), "")
