"""Forms of people, mandates, constituencies, sessions and elections."""

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
    "MandateForm",
    "ResumeForm",
    "SuspendForm",
]
