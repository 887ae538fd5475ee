"""What a report on handling counts, from its lines as they were drawn up."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from voters.models import HandlingReportLine


@dataclass(frozen=True)
class HandlingRates:
    """Numbers of suggestions; a share is of all, that of the content of those who judged."""

    total: int
    answered: int
    closed: int
    judged: int
    content: int
    outcomes: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, lines: Iterable[HandlingReportLine]) -> "HandlingRates":
        lines = list(lines)
        judged = [line for line in lines if line.is_content is not None]
        counted = Counter(
            (line.outcome, line.outcome_words) for line in lines if line.outcome_words
        )
        return cls(
            total=len(lines),
            answered=sum(line.replied_on is not None for line in lines),
            closed=sum(line.is_closed for line in lines),
            judged=len(judged),
            content=sum(line.is_content for line in judged),
            outcomes=tuple((words, number) for (_, words), number in sorted(counted.items())),
        )

    @property
    def sentence(self) -> str:
        """All of it in one sentence, for page and paper."""
        words = (
            f"共{self.total}件，已答复{self.answered}件（{_percent(self.answered, self.total)}），"
            f"办结{self.closed}件（{_percent(self.closed, self.total)}）"
        )
        if self.outcomes:
            told = "、".join(f"{label}{number}件" for label, number in self.outcomes)
            words += f"。办理结果：{told}"
        if self.judged:
            words += (
                f"。代表作出评价{self.judged}件，满意和基本满意{self.content}件"
                f"（{_percent(self.content, self.judged)}）"
            )
        return f"{words}。"


def _percent(part: int, whole: int) -> str:
    """Rounded half up to one place: 66.7%; whole numbers without it."""
    tenths = (2000 * part + whole) // (2 * whole) if whole else 0
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}%"
