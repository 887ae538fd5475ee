"""Chapters and sections of a report: what is said in each, and where people write.

Headings stand only over text, and their ordinals follow from what there is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from congress.numerals import point_number, quantity, quoted, section_number, subsection_number
from reports.figures import ReportFigures
from reports.outline import PREFACE, Part
from reports.places import base_of, running_number
from reports.structure import (
    Chapter,
    Paragraph,
    Piece,
    Section,
    numbered,
    paragraphs,
    section,
)
from reports.wording import activities, duties, groups, inspections, outlook

#: The usual heading of a chapter, and the paragraphs before its sections.
ChapterContent = tuple[str, tuple[Paragraph, ...]]

#: Heads what was drafted for the county's session where nobody wrote another heading.
PREPARING = "做好县人代会议案、建议的准备工作。"


class Writer:
    """Puts the parts of one report together; ``used`` are the places whose texts it took."""

    def __init__(
        self,
        figures: ReportFigures,
        texts: Mapping[str, str],
        outline: Sequence[Part],
        *,
        in_round_figures: bool,
    ):
        self.figures = figures
        self.texts = texts
        self.parts = [part for part in outline if not part.is_left_out]
        self.in_round_figures = in_round_figures
        self.used = set()

    def preface(self) -> tuple[Paragraph, ...]:
        wanted = any(part.key == PREFACE for part in self.parts)
        return paragraphs(self.series("前言")) if wanted else ()

    def chapters(self) -> tuple[Chapter, ...]:
        chapters = [self.chapter(part) for part in self.parts if part.key != PREFACE]
        if not any(chapter.is_printed for chapter in chapters):
            nothing = paragraphs([Piece(groups.nothing_done(self.figures))])
            chapters = [
                replace(chapter, paragraphs=nothing) if chapter.key == "work_done" else chapter
                for chapter in chapters
            ]
        return numbered(chapters, section_number)

    def has_section(self, key: str) -> bool:
        sections = [section for part in self.parts for section in part.sections]
        return any(section.key == key and not section.is_left_out for section in sections)

    def narrative(self, place: str) -> Piece:
        self.used.add(place)
        return Piece(self.texts.get(place, ""), place)

    def series(self, name: str) -> list[Piece]:
        """Every text of a series in its order, and the next free place."""
        places = sorted(
            (place for place in self.texts if base_of(place) == name and place != name),
            key=running_number,
        )
        places = [place for place in places if running_number(place)]
        free = running_number(places[-1]) + 1 if places else 1
        return [self.narrative(place) for place in [*places, f"{name}-{free}"]]

    def chapter(self, part: Part) -> Chapter:
        heading, content = CHAPTERS.get(part.key, Writer.own)(self, part)
        sections = [self.section(each) for each in part.sections if not each.is_left_out]
        return Chapter(
            heading=part.heading or heading,
            paragraphs=content,
            sections=numbered(sections, subsection_number),
            key=part.key,
        )

    def section(self, part: Part) -> Section:
        if part.is_own:
            made = section(part.heading, paragraphs([self.narrative(part.place)]))
        else:
            made = SECTIONS[part.key](self)
        if part.heading:
            made = _renamed(made, part.heading)
        return replace(made, key=part.key)

    def own(self, part: Part) -> ChapterContent:
        """A chapter that the office added."""
        return part.heading, paragraphs([self.narrative(part.place)])

    # 一、

    def work_done(self, part: Part) -> ChapterContent:
        told = [groups.documents(self.figures), groups.sessions_held(self.figures)]
        whose = "小组" if self.figures.scope.group else "代表小组"
        return f"{whose}活动开展情况", paragraphs([Piece(sentence) for sentence in told])

    def platform(self) -> Section:
        division = groups.division(self.figures)
        first = [self.narrative("活动室-引语"), Piece(division)] if division else []
        signs = []
        if self.figures.groups.rooms:
            signs = [Piece(groups.room_signs(self.figures)), self.narrative("活动室-评价")]
        return section(
            "健全组织，建好阵地。" if self.figures.scope.group else "搭建平台，提供载体。",
            paragraphs(first, [Piece(groups.rooms(self.figures)), *signs]),
        )

    def systems(self) -> Section:
        """代表接待选民日 and 代表述职."""
        figures = self.figures
        reception, duty_reports = [], []
        if figures.reception.days_held:
            result = duties.reception_result(figures, in_round_figures=self.in_round_figures)
            reception = [
                self.narrative("接待选民-引语"),
                Piece(duties.reception_rule(figures)),
                Piece(result),
                Piece(duties.handling(figures)),
            ]
        if figures.duty.done:
            duty_reports = [self.narrative("述职-引语"), Piece(duties.duty_reports(figures))]
        if reception and duty_reports:
            heading = f"落实{quoted('两项制度')}，听取民意，力求取得实效。"
        elif duty_reports:
            heading = "落实代表向选民述职制度，力求取得实效。"
        else:
            heading = "落实代表接待选民日制度，听取民意，力求取得实效。"
        return section(heading, paragraphs(reception, duty_reports))

    def activities(self) -> Section:
        """学习培训, 视察调研, 工作评议: as many as there is something to tell of."""
        kinds = [kind for kind in (self.training(), self.inspection(), self.evaluation()) if kind]
        points = []
        for number, (first, *others) in enumerate(kinds, start=1):
            point = [Piece(point_number(number))] if len(kinds) > 1 else []
            points += [[*point, *first], *others]
        if len(kinds) > 1:
            heading = f"坚持{quoted(f'{quantity(len(kinds))}项活动')}，提高代表履职能力。"
        else:
            heading = "开展代表活动，提高代表履职能力。"
        closing = [
            [Piece(inspections.law_checks(self.figures))],
            [Piece(activities.other_activities(self.figures))],
            [Piece(activities.attendance(self.figures))],
        ]
        return section(heading, paragraphs(*points, *closing))

    def opening(self, kind: str) -> list[Piece]:
        """The narrative that opens a point; 一是 needs something to stand before."""
        written = self.narrative(f"{kind}-引语")
        return [written] if written.text else [Piece(f"开展{kind}活动。"), written]

    def training(self) -> list[list[Piece]]:
        sentence = activities.training(self.figures)
        if not sentence:
            return []
        return [
            [
                *self.opening("学习培训"),
                self.narrative("学习培训-目的"),
                Piece(sentence),
                self.narrative("学习培训-成效"),
            ]
        ]

    def inspection(self) -> list[list[Piece]]:
        told = [
            [Piece(inspections.inspection(event, self.figures))]
            for event in self.figures.activities.inspection
        ]
        if not told:
            return []
        first, *others = told
        return [[*self.opening("视察调研"), *first], *others]

    def evaluation(self) -> list[list[Piece]]:
        held = [
            Piece(activities.previous_evaluations(self.figures)),
            Piece(activities.evaluations(self.figures)),
        ]
        if not any(piece.text for piece in held):
            return []
        return [
            [
                *self.opening("工作评议"),
                *held,
                self.narrative("工作评议-成效"),
                Piece(activities.evaluations_to_come(self.figures)),
            ]
        ]

    def effects(self) -> Section:
        effects, problems = self.series("成效"), self.series("问题")
        has_effects = any(piece.text for piece in effects)
        has_problems = any(piece.text for piece in problems)
        if has_problems:
            problems.insert(0, self.narrative("问题-引语"))
        what = {
            (True, False): "取得的成效",
            (False, True): "存在的问题",
        }.get((has_effects, has_problems), "取得的成效和存在的问题")
        kind, group = self.figures.institution.kind, self.figures.scope.group
        heading = f"{'小组' if group else f'我{kind}人大代表小组'}活动{what}"
        return section(heading, paragraphs(effects, problems))

    # 二、

    def work_to_come(self, part: Part) -> ChapterContent:
        return outlook.heading(self.figures), ()

    def coming_activities(self) -> Section:
        told_apart = bool(self.texts.get("打算-议案")) and self.has_section("work_to_come.bills")
        whose = "小组" if self.figures.scope.group else "人大代表小组"
        return section(
            f"继续开展好{whose}活动。",
            paragraphs(
                [
                    self.narrative("打算-接待选民"),
                    Piece(outlook.duty_reports(self.figures)),
                    Piece(outlook.activities(self.figures, bills_apart=told_apart)),
                ]
            ),
        )

    def coming_session(self) -> Section:
        return section(
            f"认真召开好{outlook.next_session_name(self.figures)}。",
            paragraphs([Piece(outlook.next_session(self.figures))]),
        )

    def coming_bills(self) -> Section:
        """What is said of them is the heading itself, unless the outline has another one.

        They are the township's, and so are the suggestions to the county: a group tells of neither.
        """
        if self.figures.scope.group:
            return section("", ())
        bills = self.narrative("打算-议案")
        research = Piece(outlook.bills(self.figures) if bills.text else "")
        drafts = Piece(outlook.drafts(self.figures))
        usual = (Piece(PREPARING),) if drafts.text and not bills.text else ()
        return Section(
            heading=Paragraph((bills, *usual)),
            paragraphs=paragraphs([research, drafts]),
            heading_is_text=True,
        )

    # 三、

    def suggestions(self, part: Part) -> ChapterContent:
        if self.figures.scope.group:
            return "", ()
        texts = self.series("对县人大的建议")
        number = sum(bool(piece.text) for piece in texts)
        points = [
            [Piece(point_number(index)), piece] if number > 1 and piece.text else [piece]
            for index, piece in enumerate(texts, start=1)
        ]
        return f"对县人大工作的{'几点' if number > 1 else ''}建议", paragraphs(*points)


def _renamed(part: Section, heading: str) -> Section:
    """The section under another heading; a text that was the heading becomes its first words."""
    content = part.paragraphs
    if part.heading_is_text:
        texts = tuple(piece for piece in part.heading.pieces if piece.place)
        content = (Paragraph(texts), *content)
    return section(heading, content)


CHAPTERS = {
    "work_done": Writer.work_done,
    "work_to_come": Writer.work_to_come,
    "suggestions": Writer.suggestions,
}
SECTIONS = {
    "work_done.platform": Writer.platform,
    "work_done.systems": Writer.systems,
    "work_done.activities": Writer.activities,
    "work_done.effects": Writer.effects,
    "work_to_come.activities": Writer.coming_activities,
    "work_to_come.session": Writer.coming_session,
    "work_to_come.bills": Writer.coming_bills,
}
