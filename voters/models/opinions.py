"""What was said where ballots were cast; taken up as a feedback item it stays linked."""

from django.db import models
from django.db.models import Q

from congress.models import Record


class Opinion(Record):
    """Abstract: one opinion; ``item`` is the feedback item it became, if it did."""

    #: Field of the record that it is about.
    about: str
    item: models.OneToOneField

    text = models.TextField("意见")

    class Meta:
        abstract = True
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_text",
                condition=~Q(text=""),
                violation_error_code="text",
                violation_error_message="请写明意见。",
            ),
        ]

    def __str__(self):
        return self.text if len(self.text) <= 30 else f"{self.text[:29]}…"

    @property
    def subject(self) -> Record:
        return getattr(self, self.about)
