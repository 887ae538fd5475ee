"""What changes the state of a record of this room; nothing else does."""

from .attachments import (
    MOST,
    MOST_AT_ONCE,
    StoredFile,
    attach,
    judge_files,
    last_change,
    may_attach,
    may_remove,
    remove_attachment,
    show_to_units,
    stored,
)
from .closing import close_day, record_attendance, reopen_day
from .commitments import fulfil_commitment, postpone_commitment
from .contact import (
    asks_discretion,
    can_be_released,
    may_release,
    may_view_contact,
    recall_contact,
    release_contact,
    reveal_contact,
    view_released_contact,
)
from .duty_reports import (
    add_opinions,
    may_add_opinions,
    may_take_up,
    plan_reports,
    remove_opinion,
    take_up_opinion,
)
from .items import change_item, correct_item, register_item, triage_item
from .reception import cancel_day, hold_day, move_day, save_day
from .reply_templates import add_usual_templates
from .rota import fix_day, put_on_duty, save_rota, swap_duties
from .standing import Standing, parts_of, takes_step
from .steps import take_step, take_step_for_all
from .topics import merge_topic
from .visits import add_note, correct_visit, log_visit
from .year import make_year

__all__ = [
    "MOST",
    "MOST_AT_ONCE",
    "Standing",
    "StoredFile",
    "add_note",
    "add_opinions",
    "add_usual_templates",
    "asks_discretion",
    "attach",
    "can_be_released",
    "cancel_day",
    "change_item",
    "close_day",
    "correct_item",
    "correct_visit",
    "fix_day",
    "fulfil_commitment",
    "hold_day",
    "judge_files",
    "last_change",
    "log_visit",
    "make_year",
    "may_add_opinions",
    "may_attach",
    "may_release",
    "may_remove",
    "may_take_up",
    "may_view_contact",
    "merge_topic",
    "move_day",
    "parts_of",
    "plan_reports",
    "postpone_commitment",
    "put_on_duty",
    "recall_contact",
    "record_attendance",
    "register_item",
    "release_contact",
    "remove_attachment",
    "remove_opinion",
    "reopen_day",
    "reveal_contact",
    "save_day",
    "save_rota",
    "show_to_units",
    "stored",
    "swap_duties",
    "take_step",
    "take_step_for_all",
    "take_up_opinion",
    "takes_step",
    "triage_item",
    "view_released_contact",
]
