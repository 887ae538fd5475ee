"""Forms of people, mandates, constituencies, sessions and elections."""

from .honours import HonourForm
from .people import (
    ConstituencyField,
    ConstituencyForm,
    DelegateForm,
    EndMandateForm,
    MandateForm,
    ResumeForm,
    RevealIdentityForm,
    SuspendForm,
    SuspensionForm,
    UndoForm,
)

__all__ = [
    "ConstituencyField",
    "ConstituencyForm",
    "DelegateForm",
    "EndMandateForm",
    "HonourForm",
    "MandateForm",
    "ResumeForm",
    "RevealIdentityForm",
    "SuspendForm",
    "SuspensionForm",
    "UndoForm",
]
