"""Long actions: started once by one log-in, seen by it alone, with their progress in words.

    job = background.start(request, once=token, title="批量交办", back=("意见建议", …), work=work)
    return redirect(job)

A form marked ``data-background`` (static/js/background.js) lets the work run in a thread while its
page waits; without JavaScript the same work runs before the answer. The job's page leads on to
the result, or says why there is none.
"""

import contextvars
import hashlib
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import connections
from django.urls import reverse

from .audit.chain import seal_left
from .private_notes import PrivateNote, owner_of

logger = logging.getLogger(__name__)

RUNNING, DONE, FAILED = "running", "done", "failed"
#: Work that has said nothing for so long was ended together with its worker.
SILENT_SECONDS = 300
#: A shorter work is over before its page would be shown.
SHORT_SECONDS = 1
#: Pause between two notes that differ only in how much is done.
PAUSE_SECONDS = 0.25

STARTING = "正在开始"
BROKEN = "{}没有完成，没有保存任何内容；请稍后再试，仍不成功请告诉系统管理员。"
ENDED = "{}中途停止；请先核对有没有办好，再决定是否重新办理。"

#: Told how many are done, of how many (0 where nobody knows), and what is being done.
Tell = Callable[[int, int, str], None]
#: Returns what was done in words, and the address that shows it. Raises ``ValidationError`` with
#: sentences for the user; must have saved nothing then.
Work = Callable[[Tell], tuple[str, str]]


@dataclass
class Job(PrivateNote):
    """``title`` is a verb: 批量交办. ``back``: label and address of where it was started."""

    FOLDER: ClassVar[str] = "jobs"

    title: str
    back: tuple[str, str]
    state: str = RUNNING
    words: str = STARTING
    done: int = 0
    total: int = 0
    sentences: list[str] = field(default_factory=list)
    address: str = ""
    at: float = field(default_factory=time.time)

    @classmethod
    def find(cls, request, token: str) -> Self | None:
        job = super().find(request, token)
        if job and job.state == RUNNING and time.time() - job.at > SILENT_SECONDS:
            job.state, job.sentences = FAILED, [ENDED.format(job.title)]
        return job

    @property
    def is_over(self) -> bool:
        return self.state != RUNNING

    @property
    def heading(self) -> str:
        return f"{self.title}没有完成" if self.state == FAILED else f"正在{self.title}"

    def get_absolute_url(self) -> str:
        return reverse("job_page", args=[self.token])

    def tell(self, done: int, total: int, words: str) -> None:
        is_news = words != self.words or done >= total
        self.done, self.total, self.words = done, total, words
        if is_news or time.time() - self.at > PAUSE_SECONDS:
            self.note()

    def note(self, **changes) -> None:
        for name, value in (changes | {"at": time.time()}).items():
            setattr(self, name, value)
        self.save()


def find(request, once: str) -> Job | None:
    """The job that this log-in started with this token."""
    return Job.find(request, _token(request, once))


def start(request, *, once: str, title: str, back: tuple[str, str], work: Work) -> Job:
    """Do the work, unless this log-in has started it with this token before.

    ``once`` is the form's submission token, or whatever else is done only once.
    """
    Job.remove_old()
    job = Job(_token(request, once), owner_of(request), title, back)
    if not job.save_as_first():
        return find(request, once) or job
    if request.POST.get("background"):
        # No daemon: a worker process that is asked to end does so after the work.
        # In a copy of the request's context, so that the audit log knows who acts.
        context = contextvars.copy_context()
        thread = threading.Thread(target=context.run, args=(_run_apart, job, work), name=job.token)
        thread.start()
        thread.join(SHORT_SECONDS)
    else:
        _run(job, work)
    return job


def _token(request, once: str) -> str:
    return hashlib.sha256(f"{owner_of(request)} {once}".encode()).hexdigest()[:32]


def _run_apart(job: Job, work: Work) -> None:
    try:
        _run(job, work)
    finally:
        seal_left()
        connections.close_all()


def _run(job: Job, work: Work) -> None:
    try:
        words, address = work(job.tell)
    except ValidationError as error:
        job.note(state=FAILED, sentences=error.messages)
    except Exception:
        logger.exception("%s failed", job.title)
        job.note(state=FAILED, sentences=[BROKEN.format(job.title)])
    else:
        job.note(state=DONE, words=words, address=address)
