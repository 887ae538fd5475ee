"""Forms of people, mandates, constituencies, sessions and elections."""

from .honours import HonourForm
from .people import (
    ConstituencyField,
    ConstituencyForm,
    DelegateForm,
    EndMandateForm,
    MandateForm,
    ResumeForm,
    SuspendForm,
)

__all__ = [
    "ConstituencyField",
    "ConstituencyForm",
    "DelegateForm",
    "EndMandateForm",
    "HonourForm",
    "MandateForm",
    "ResumeForm",
    "SuspendForm",
]
