"""One line makes a visit: ``张三 13900002001 LJ冲 村村通道路 路灯不亮 交:建设所``.

Pure: text and a ``Lexicon`` in, a ``ParsedVisit`` out. What is understood becomes a field, the
rest stays the voter's own words. Nothing typed is lost: each character that is no separator lies
in exactly one token, and the tokens of kind WORDS, in their order, are the words.

Lines. The first line that is not blank makes the visit and the first item, each further line an
item of its own; there only topic and unit are read. ``ParsedVisit.words`` are the words of all
lines, one a line.

Pieces. Blanks (also full-width, tabs, invisible ones), commas, 、 and semicolons part pieces;
text in paired quotation marks and grouped numbers (1,000) are never parted and a quotation is
never read. Half- and full-width, capital and small are the same to the reader; words stay as
typed, with their own separators, and lose only those at the ends.

Read where it stands alone as a piece, never from within a sentence:

- village, topic, unit: by name, short name, a form derived from it (LJ冲村; 财政所 of 镇财政所),
  or pinyin initials of two letters and more. A nearer form wins over a further one: name,
  derived form, initials as read, initials with another reading of a character.
- unit: also after 交 or 转 with or without a colon, glued to the words before it too.
- phone: mobile (dashes, blanks, +86), landline with area code; a local number only after 电话.
- persons: 3人, 三人, 3个人, 等3人, 共3人; “来了3个人” is a sentence and stays.
- channel: 当面, 来访, 电话, 来电, 书面, 来信, 入户, 走访. 电话 before a number is its label.
- name: if something else was typed. In this order: after 姓名: · a voter seen before · the first
  piece not understood, if it begins with a surname (2–3 characters, more after a compound one) or
  has the separator “·” · such a piece next to the phone or before the village · any 2–4 Han
  characters next to the phone, or 2–3 that begin the line before the village (to be checked).
  Everyday matters that begin with a surname (路灯), places and offices are no names.
  Also glued: 张三13900002001, 张三等3人.

A label with a colon says what follows: 姓名: 电话: 村: 类别: 人数: 方式: 交: and their like.

Left in the words and asked about (``Doubt``): what fits several entries; a second phone, village,
topic or unit; a village or unit not on the list; a number with too few or too many digits; and a
known word with unknown words on both sides. This last is for channel, persons and a bare unit
always, for village and topic if only commas part them from those words.
"""

from .lexicon import Candidate, Entry, Kind, Lexicon
from .parsed import Doubt, ParsedItem, ParsedVisit, Token
from .reading import parse

__all__ = [
    "Candidate",
    "Doubt",
    "Entry",
    "Kind",
    "Lexicon",
    "ParsedItem",
    "ParsedVisit",
    "Token",
    "parse",
]
