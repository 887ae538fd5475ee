"""What holds of any text: nothing raises, nothing is lost, the same is read again."""

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from voters.quick_entry import Entry, Kind, Lexicon, parse

#: The same examples at each run, and no file of them left behind.
examples = settings(max_examples=300, deadline=None, derandomize=True, database=None)

LEXICON = Lexicon(
    villages=(Entry(1, "LJ冲"), Entry(2, "长河村", ("老河",)), Entry(3, "XX")),
    topics=(Entry(1, "村村通道路"), Entry(2, "民生工程"), Entry(3, "教育、医疗")),
    units=(Entry(1, "镇水利站", ("水利站",)), Entry(2, "镇交通管理站", ("交管站",))),
    voters=("程有福",),
)
SEPARATORS = re.compile(r"[\s\u200b\ufeff,，、;；]+")
PARTS = [
    *("张三", "欧阳明珠", "阿卜杜拉·买买提", "程有福", "水生", "黄𬱖"),
    *("13900002001", "139-0000-2001", "+86 139 0000 2001", "0556 1234567", "电话", "1390000"),
    *("LJ冲", "ljc", "LJ冲村", "王家村", "LJ冲上冲组", "老河", "xx", "村:LJ冲"),
    *("村村通道路", "cctdl", "教育、医疗", "类别：民生工程", "交:", "交：水利站", "转", "水利站"),
    *("3人", "等3人", "来了3个人", "当面", "来电", "人数:2", "姓名:李四"),
    *(
        "路灯不亮",
        "没水吃了。",
        "“没水 3人”",
        "1,000元",
        "😂",
        "\u200d",
        "\x00",
        "“",
        '"',
        "ﬀ",
        "İ",
    ),
]
BETWEEN = [
    " ",
    " ",
    " ",
    "  ",
    "　",
    "\t",
    "，",
    "、",
    ",",
    "；",
    "",
    "\n",
    "\r\n",
    "\ufeff",
    "\u2028",
]

typed_lines = st.lists(
    st.tuples(st.sampled_from(PARTS) | st.text(max_size=5), st.sampled_from(BETWEEN)), max_size=14
).map(lambda parts: "".join(part + gap for part, gap in parts))
any_text = st.text(max_size=200) | typed_lines


def bare(text):
    return SEPARATORS.sub("", text)


@examples
@given(any_text)
def test_nothing_typed_is_lost(text):
    parsed = parse(text, LEXICON)
    tokens = parsed.tokens
    left = [token.text for token in tokens if token.kind is Kind.WORDS]

    assert [text[token.start : token.end] for token in tokens] == [t.text for t in tokens]
    assert all(before.end <= after.start for before, after in pairwise(tokens))
    assert "".join(bare(token.text) for token in tokens) == bare(text)
    assert bare(parsed.words) == "".join(map(bare, left))
    assert parsed.words == "\n".join(item.words for item in parsed.items if item.words)


@examples
@given(any_text)
def test_each_field_comes_from_one_token(text):
    parsed = parse(text, LEXICON)
    values = {kind: [t.value for t in parsed.tokens if t.kind is kind] for kind in Kind}

    assert values[Kind.NAME] == [v for v in [parsed.voter_name] if v]
    assert values[Kind.PHONE] == [v for v in [parsed.phone] if v]
    assert values[Kind.VILLAGE] == [v for v in [parsed.village] if v]
    assert values[Kind.PERSONS] == [v for v in [parsed.persons] if v]
    assert values[Kind.CHANNEL] == [v for v in [parsed.channel] if v]
    assert values[Kind.TOPIC] == [item.topic for item in parsed.items if item.topic]
    assert values[Kind.UNIT] == [item.unit for item in parsed.items if item.unit]


@examples
@given(any_text)
def test_fields_fit_those_of_a_visit(text):
    parsed = parse(text, LEXICON)

    assert len(parsed.voter_name or "") <= 50
    assert re.fullmatch(r"[0-9-]{5,20}", parsed.phone or "00000")
    assert parsed.persons is None or parsed.persons >= 1


@examples
@given(any_text)
def test_the_same_text_reads_the_same(text):
    assert parse(text, LEXICON) == parse(text, LEXICON)


@examples
@given(any_text)
def test_separators_around_a_text_change_nothing(text):
    parsed, wrapped = parse(text, LEXICON), parse(f" \n，{text}　\r\n", LEXICON)

    assert (parsed.words, parsed.items) == (wrapped.words, wrapped.items)


sentences = st.lists(
    st.text("路灯不亮了的车过井盖晚上黑得很没吃😂。！？", min_size=5, max_size=12),
    min_size=1,
    max_size=6,
)


@examples
@given(sentences, st.lists(st.sampled_from([" ", "　", "，", "、", ", ", "\t"]), min_size=6))
def test_words_alone_come_back_as_typed(parts, gaps):
    text = "".join(part + gap for part, gap in zip(parts, gaps, strict=False)).strip(" 　\t，、,")

    parsed = parse(text, LEXICON)

    assert (parsed.voter_name, parsed.words) == (None, text)


@examples
@given(typed_lines)
def test_words_are_never_shortened_by_reading_them_in_quotes(text):
    quoted = "“" + re.sub("[“”\r\n]", "", text) + "”"

    assert parse(f"李四 LJ冲 {quoted}", LEXICON).words == quoted
