"""履职档案（一人一档）: what the records tell of delegates in a period, drawn whenever asked.

Nothing of it is stored. The file has parts (sessions, trainings, reception turns …), each a list of
entries that lead to their records. Rooms above declare the parts they know in ``apps.ready`` with
``add_source``; every part is collected for many persons at once, so that the file of one costs as
many queries as those of three hundred.
"""

from .collecting import (
    PLACES,
    Found,
    Source,
    add_source,
    days_so_far,
    duty_files,
    part_titles,
)
from .entries import DutyFile, Entry, Part, Standing

__all__ = [
    "PLACES",
    "DutyFile",
    "Entry",
    "Found",
    "Part",
    "Source",
    "Standing",
    "add_source",
    "days_so_far",
    "duty_files",
    "part_titles",
]
