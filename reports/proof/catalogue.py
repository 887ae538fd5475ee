"""All figures of the report by subject, in the order in which the report tells them.

``FIGURES`` are numbers of the whole scope, ``FIGURES_OF_ONE`` numbers of one record. ``FACTS``
are what sentences say of records besides numbers: days, titles, places.
"""

from typing import NamedTuple

from . import activities, duty, feedback, papers, people, reception
from .figure import Figure


class Subject(NamedTuple):
    name: str
    figures: tuple[Figure, ...]


SUBJECTS = (
    Subject("代表和代表小组", people.FIGURES),
    Subject("接待选民", reception.FIGURES),
    Subject("意见建议", feedback.FIGURES),
    Subject("述职", duty.FIGURES),
    Subject("代表活动", activities.FIGURES),
    Subject("文件、会议和计划", papers.FIGURES),
)
FIGURES = {figure.key: figure for subject in SUBJECTS for figure in subject.figures}
FIGURES_OF_ONE = {
    figure.key: figure
    for source in (people, feedback, activities, papers)
    for figure in source.FIGURES_OF_ONE
}
FACTS = {
    figure.key: figure
    for source in (people, feedback, activities, papers)
    for figure in source.FACTS
}


def figure_of(key: str) -> Figure | None:
    """The figure or fact of that key, without the record that it may be of."""
    return FIGURES.get(key) or FIGURES_OF_ONE.get(key) or FACTS.get(key)
