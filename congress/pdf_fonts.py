"""Which fonts a PDF really holds, against those that GB/T 9704 asks for.

Read from the file, not from the stylesheet: what is not installed there gives way in silence.
"""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from pikepdf import Pdf

SUBSET = re.compile(r"^/?[A-Za-z]+\+")


@dataclass(frozen=True)
class Face:
    """What is set in a face: ``proper`` are the names of the fonts meant, ``others`` stand in."""

    used_for: str
    asked: str
    clause: str
    proper: tuple[str, ...]
    others: tuple[str, ...]


FACES = (
    Face(
        "标题",
        "2号小标宋体",
        "7.3.1",
        ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体"),
        ("Noto-Serif-CJK-SC-Bold",),
    ),
    Face(
        "正文",
        "3号仿宋体",
        "5.2.2",
        ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "华文仿宋"),
        ("FandolFang",),
    ),
    Face("一级标题", "3号黑体", "7.3.3", ("SimHei", "黑体"), ("Noto-Sans-CJK-SC",)),
    Face(
        "二级标题",
        "3号楷体",
        "7.3.3",
        ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "华文楷体"),
        ("FandolKai",),
    ),
    Face("页码", "4号半角宋体", "7.5", ("SimSun", "宋体"), ("Noto-Serif-CJK-SC",)),
)


@dataclass(frozen=True)
class Found:
    face: Face
    names: tuple[str, ...]

    @property
    def is_used(self) -> bool:
        return bool(self.names)

    @property
    def is_proper(self) -> bool:
        return any(name in self.face.proper for name in self.names)


def embedded_fonts(pdf: bytes) -> tuple[str, ...]:
    """The names of the fonts whose outlines are in the file, in order."""
    names = set()
    with Pdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            for font in page.Resources.get("/Font", {}).values():
                font = font.DescendantFonts[0] if "/DescendantFonts" in font else font
                held = {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys())
                if held:
                    names.add(SUBSET.sub("", str(font.BaseFont)).removeprefix("/"))
    return tuple(sorted(names))


def compared(embedded: Iterable[str]) -> list[Found]:
    """Each face with those of the embedded fonts that it was set in."""
    embedded = set(embedded)
    return [
        Found(face, tuple(name for name in (*face.proper, *face.others) if name in embedded))
        for face in FACES
    ]
