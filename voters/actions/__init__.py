"""What changes the state of a record of this room; nothing else does."""

from .closing import close_day, record_attendance, reopen_day
from .commitments import fulfil_commitment, postpone_commitment
from .items import change_item, correct_item, register_item
from .reception import cancel_day, hold_day, move_day, save_day
from .reply_templates import add_usual_templates
from .rota import fix_day, put_on_duty, save_rota, swap_duties
from .standing import Standing, takes_step
from .steps import take_step, take_step_for_all
from .topics import merge_topic
from .visits import add_note, correct_visit, log_visit, reveal_contact
from .year import make_year

__all__ = [
    "Standing",
    "add_note",
    "add_usual_templates",
    "cancel_day",
    "change_item",
    "close_day",
    "correct_item",
    "correct_visit",
    "fix_day",
    "fulfil_commitment",
    "hold_day",
    "log_visit",
    "make_year",
    "merge_topic",
    "move_day",
    "postpone_commitment",
    "put_on_duty",
    "record_attendance",
    "register_item",
    "reopen_day",
    "reveal_contact",
    "save_day",
    "save_rota",
    "swap_duties",
    "take_step",
    "take_step_for_all",
    "takes_step",
]
