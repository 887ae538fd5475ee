"""Reports: their settings, outline and texts, their way to a signature, and frozen versions."""

from .annual_report import AnnualReport
from .attachments import ReportAttachment
from .narratives import Narrative, NarrativeRevision, Origin
from .outline import OutlinePart
from .versions import ReportStep, ReportVersion

__all__ = [
    "AnnualReport",
    "Narrative",
    "NarrativeRevision",
    "Origin",
    "OutlinePart",
    "ReportAttachment",
    "ReportStep",
    "ReportVersion",
]
