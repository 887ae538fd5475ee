"""The report as sections in order: computed sentences and the texts that people write.

Page and print show the same document; print leaves out what is empty. Headings stand only over
text, and their ordinals follow from what there is.
"""

from collections.abc import Mapping

from congress.numerals import point_number, quantity, quoted, section_number, subsection_number
from reports.figures import ReportFigures
from reports.places import base_of, running_number
from reports.structure import (
    Chapter,
    Document,
    Paragraph,
    Piece,
    Section,
    numbered,
    paragraphs,
    section,
)
from reports.wording import activities, duties, groups, inspections, outlook

#: Heads what was drafted for the county's session where nobody wrote another heading.
PREPARING = "做好县人代会议案、建议的准备工作。"


def default_title(figures: ReportFigures) -> str:
    return f"{figures.institution.name}人大工作情况汇报"


def build_document(
    figures: ReportFigures,
    narratives: Mapping[str, str],
    *,
    title: str = "",
    addressee: str = "",
    in_round_figures: bool = False,
) -> Document:
    """The document of these figures and narratives (text by place)."""
    texts = {place: text.strip() for place, text in narratives.items() if text.strip()}
    writer = _Writer(figures, texts, in_round_figures)
    preface = paragraphs(writer.series("前言"))
    chapters = numbered(
        [writer.work_done(), writer.work_to_come(), writer.suggestions()], section_number
    )
    return Document(
        title=title or default_title(figures),
        author=f"{figures.institution.name}人大",
        addressee=addressee,
        preface=preface,
        chapters=tuple(chapters),
        unprinted=tuple(
            Piece(text, place) for place, text in texts.items() if place not in writer.used
        ),
    )


class _Writer:
    def __init__(self, figures: ReportFigures, texts: Mapping[str, str], in_round_figures: bool):
        self.figures = figures
        self.texts = texts
        self.in_round_figures = in_round_figures
        self.used = set()

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

    # 一、

    def work_done(self) -> Chapter:
        sections = [self.platform(), self.systems(), self.activities(), self.effects()]
        return Chapter(
            heading="代表小组活动开展情况",
            paragraphs=paragraphs(
                [
                    Piece(groups.documents(self.figures)),
                    Piece(groups.sessions_held(self.figures)),
                ]
            ),
            sections=numbered(sections, subsection_number),
        )

    def platform(self) -> Section:
        division = groups.division(self.figures)
        first = [self.narrative("活动室-引语"), Piece(division)] if division else []
        signs = []
        if self.figures.groups.rooms:
            signs = [Piece(groups.room_signs(self.figures)), self.narrative("活动室-评价")]
        return section(
            "搭建平台，提供载体。",
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
        heading = f"我{self.figures.institution.kind}人大代表小组活动{what}"
        return section(heading, paragraphs(effects, problems))

    # 二、

    def work_to_come(self) -> Chapter:
        bills = self.narrative("打算-议案")
        coming = section(
            "继续开展好人大代表小组活动。",
            paragraphs(
                [
                    self.narrative("打算-接待选民"),
                    Piece(outlook.duty_reports(self.figures)),
                    Piece(outlook.activities(self.figures, bills_apart=bool(bills.text))),
                ]
            ),
        )
        session = section(
            f"认真召开好{outlook.next_session_name(self.figures)}。",
            paragraphs([Piece(outlook.next_session(self.figures))]),
        )
        research = Piece(outlook.bills(self.figures) if bills.text else "")
        drafts = Piece(outlook.drafts(self.figures))
        usual = (Piece(PREPARING),) if drafts.text and not bills.text else ()
        proposals = Section(
            heading=Paragraph((bills, *usual)),
            paragraphs=paragraphs([research, drafts]),
            heading_is_text=True,
        )
        return Chapter(
            heading=outlook.heading(self.figures),
            paragraphs=(),
            sections=numbered([coming, session, proposals], subsection_number),
        )

    # 三、

    def suggestions(self) -> Chapter:
        texts = self.series("对县人大的建议")
        number = sum(bool(piece.text) for piece in texts)
        points = [
            [Piece(point_number(index)), piece] if number > 1 and piece.text else [piece]
            for index, piece in enumerate(texts, start=1)
        ]
        return Chapter(
            heading=f"对县人大工作的{'几点' if number > 1 else ''}建议",
            paragraphs=paragraphs(*points),
        )
