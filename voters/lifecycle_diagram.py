"""The life of a feedback item as a picture, drawn from ``lifecycle.STEPS`` and nothing else.

The states stand side by side, first those of the usual way, then the others. Below them each step
that moves an item is one line: a dot at every state it may start in, an arrow at the one it leads
to. Lines that do not touch share a row, so that nothing crosses and nothing is written over
something else; the first row is the usual way from box to box.
Markup only: colours are classes of app.css.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .lifecycle import STEPS, USUAL_STEP
from .states import COLOURS, USUAL_COLOUR, State

#: Units of the drawing are pixels of an office screen.
COLUMN, ROW, TOP = 78, 32, 64
BOX_WIDTH, BOX_HEIGHT, LINE_OF_BOX = 70, 44, 4
FONT, DOT, HEAD = 13, 4, 8

TITLE = "意见建议的办理流程"


@dataclass(frozen=True)
class Box:
    """A state, in the column where it stands."""

    state: State
    column: int

    @property
    def middle(self) -> int:
        return _middle(self.column)

    @property
    def colour(self) -> str:
        return COLOURS.get(self.state, USUAL_COLOUR)

    @property
    def lines(self) -> list[str]:
        label = self.state.label
        return [label[at : at + LINE_OF_BOX] for at in range(0, len(label), LINE_OF_BOX)]


@dataclass(frozen=True)
class Arrow:
    """One step, or several that lead from the same states to the same one."""

    steps: tuple[str, ...]
    sources: frozenset[State]
    target: State
    is_usual: bool = False

    @property
    def label(self) -> str:
        return "、".join(STEPS[name].label for name in self.steps)

    @property
    def sentence(self) -> str:
        sources = "、".join(state.label for state in State if state in self.sources)
        return f"{sources}经“{self.label}”到{self.target.label}"


def boxes() -> list[Box]:
    """The usual way first, the others as the table of states names them."""
    way = _usual_way()
    order = [*way, *(state for state in State if state not in way)]
    return [Box(state, column) for column, state in enumerate(order)]


def _usual_way() -> list[State]:
    way, state = [], State.REGISTERED
    while state not in way:
        way.append(state)
        usual = USUAL_STEP.get(state)
        state = STEPS[usual].leads[state] if usual else state
    return way


def arrows() -> list[Arrow]:
    """Every step that moves an item; what it does on the usual way is an arrow of its own."""
    way = _usual_way()
    usual = {(USUAL_STEP[state], state) for state in way if state in USUAL_STEP}
    found: dict[tuple, list[str]] = defaultdict(list)
    for step in STEPS.values():
        others: dict[State, set[State]] = defaultdict(set)
        for source, target in step.leads.items():
            if (step.name, source) in usual:
                found[frozenset([source]), target, True].append(step.name)
            elif source != target:
                others[target].add(source)
        for target, sources in others.items():
            found[frozenset(sources), target, False].append(step.name)
    return [Arrow(tuple(names), *where) for where, names in found.items()]


def rows(drawn: Iterable[Arrow], columns: dict[State, int]) -> list[list[Arrow]]:
    """The usual way in the first row, each other arrow in the first where it touches none."""
    drawn = list(drawn)
    filled = [[arrow for arrow in drawn if arrow.is_usual]]
    rest = [arrow for arrow in drawn if not arrow.is_usual]
    for arrow in sorted(rest, key=lambda each: (_reach(each, columns), each.label)):
        low, high = _reach(arrow, columns)
        for row in filled[1:]:
            if all(low > other[1] or high < other[0] for other in _reaches(row, columns)):
                row.append(arrow)
                break
        else:
            filled.append([arrow])
    return filled


def _reaches(row: Iterable[Arrow], columns: dict[State, int]) -> list[tuple[int, int]]:
    return [_reach(arrow, columns) for arrow in row]


def _reach(arrow: Arrow, columns: dict[State, int]) -> tuple[int, int]:
    """The first and the last column of an arrow."""
    touched = [columns[state] for state in (*arrow.sources, arrow.target)]
    return min(touched), max(touched)


def _middle(column: int) -> int:
    return column * COLUMN + COLUMN // 2


def diagram() -> SafeString:
    """The picture; its words are those of the table, which the page also shows as such."""
    states = boxes()
    columns = {box.state: box.column for box in states}
    laid = rows(arrows(), columns)
    height = TOP + len(laid) * ROW + FONT
    told = "；".join(arrow.sentence for row in laid for arrow in row)
    return format_html(
        '<svg class="life" role="img" aria-labelledby="life-title life-told" '
        'viewBox="0 0 {} {}" width="{}" height="{}">'
        '<title id="life-title">{}</title><desc id="life-told">{}。</desc>{}{}</svg>',
        len(states) * COLUMN,
        height,
        len(states) * COLUMN,
        height,
        TITLE,
        told,
        format_html_join("", "{}", ((_box(box, height),) for box in states)),
        format_html_join(
            "",
            "{}",
            (
                (_arrow(arrow, columns, TOP + number * ROW + ROW // 2 + FONT // 2),)
                for number, row in enumerate(laid)
                for arrow in row
            ),
        ),
    )


def _box(box: Box, height: int) -> SafeString:
    """A state, and the line down from it that its steps begin and end on."""
    top = (TOP - BOX_HEIGHT) // 2
    first = TOP // 2 + FONT // 3 - (len(box.lines) - 1) * FONT // 2
    words = format_html_join(
        "",
        '<text x="{}" y="{}">{}</text>',
        ((box.middle, first + number * (FONT + 3), line) for number, line in enumerate(box.lines)),
    )
    return format_html(
        '<g class="life-state {}"><path d="M{} {}V{}"/>'
        '<rect x="{}" y="{}" width="{}" height="{}" rx="4"/>{}</g>',
        box.colour,
        box.middle,
        top + BOX_HEIGHT,
        height,
        box.middle - BOX_WIDTH // 2,
        top,
        BOX_WIDTH,
        BOX_HEIGHT,
        words,
    )


def _arrow(arrow: Arrow, columns: dict[State, int], y: int) -> SafeString:
    low, high = _reach(arrow, columns)
    target = columns[arrow.target]
    dots = format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="{}"/>',
        ((_middle(column), y, DOT) for column in sorted(columns[each] for each in arrow.sources)),
    )
    heads = format_html_join(
        "",
        '<path class="head" d="M{} {}l{} {}v{}z"/>',
        (
            (_middle(target) - side * DOT, y, -side * HEAD, -HEAD // 2, HEAD)
            for side, reaches in ((1, low < target), (-1, high > target))
            if reaches
        ),
    )
    return format_html(
        '<g class="life-step{}"><text x="{}" y="{}">{}</text><path d="M{} {}H{}"/>{}{}</g>',
        " usual" if arrow.is_usual else "",
        _middle(low) + HEAD,
        y - DOT - 2,
        arrow.label,
        _middle(low),
        y,
        _middle(high),
        dots,
        heads,
    )
