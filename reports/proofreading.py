"""Typing put right on saving: quotation marks “ ”, half-width digits, full-width punctuation.

Nothing else is touched: compatibility forms of names stay as they were typed.
"""

import re

HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
HALF_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))}
HALF_WIDTH |= {code: code - 0xFEE0 for code in range(0xFF41, 0xFF5B)}
FULL_WIDTH = str.maketrans(",;:?!()", "，；：？！（）")
BESIDE_HAN = re.compile(rf"(?<={HAN})[,;:?!()]|[()](?={HAN})|(?<=[”》）%0-9])[,;](?={HAN})")
SPACE_IN_HAN = re.compile(rf"(?<={HAN})[ \t]+(?={HAN})")
PAIR_OF_QUOTES = re.compile(r'"([^"\n]*)"')


def proofread(text: str) -> str:
    """The text as it is printed; empty lines and outer blanks removed."""
    text = text.translate(HALF_WIDTH)
    text = PAIR_OF_QUOTES.sub(r"“\1”", text)
    text = BESIDE_HAN.sub(lambda match: match[0].translate(FULL_WIDTH), text)
    text = SPACE_IN_HAN.sub("", text)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
