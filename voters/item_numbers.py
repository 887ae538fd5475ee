"""The number of a feedback item as it is typed from paper, or as a scanner types its code."""

import re
from urllib.parse import unquote

#: A keyboard left in Chinese turns the marks of an address into these.
_PLAIN = {ord("　"): " ", ord("。"): ".", ord("、"): "/"} | dict.fromkeys(map(ord, "—–−"), "-")
_PLAIN |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_PAGE_OF_NUMBER = "items/number/"
_RUNNING = re.compile(r"(?:([0-9]{4})-?(?=[JY])|([0-9]{4})-)?([JY]?)([0-9]{1,9})")


def item_number(typed: str, year: int) -> str:
    """2020-J041 of ``j41``, ``２０２０－Ｊ０４１`` or a sheet's address; else what was typed.

    A number alone is that of feedback; that of a suggestion is typed with its Y.
    ``year`` is that of a number typed without one.
    """
    text = unquote(typed.translate(_PLAIN))
    at = text.lower().rfind(_PAGE_OF_NUMBER)
    if at >= 0:
        text = text[at + len(_PAGE_OF_NUMBER) :]
    text = "".join(text.split()).strip("/").upper()
    found = _RUNNING.fullmatch(text)
    if not found:
        return text
    return f"{found[1] or found[2] or year}-{found[3] or 'J'}{int(found[4]):03d}"
