"""What a backup must still say after it is restored: each report's figures, what was signed."""

import hashlib
import json

from congress.models import Township
from reports.figures import by_key, report_figures
from reports.models import AnnualReport, ReportVersion
from reports.signing.codes import shown


def proof() -> dict:
    """By the report's name its figures, by the code of what was signed its hashes."""
    told = {}
    if Township.objects.exists():
        for report in AnnualReport.objects.order_by("pk"):
            figures = by_key(report_figures(report.scope_until(None)))
            told[f"{report}（{report.pk}）"] = json.loads(json.dumps(figures))
    for version in ReportVersion.objects.in_brief().order_by("pk"):
        hashes = [version.html_sha256, version.pdf_sha256, version.docx_sha256]
        told[f"查验码{shown(version.code)}"] = hashes
    return told


def faults() -> list[str]:
    """Signed versions whose files are not those that were signed."""
    found = []
    for version in ReportVersion.objects.order_by("pk").iterator(chunk_size=1):
        kept = [version.html.encode(), bytes(version.pdf), bytes(version.docx)]
        hashes = [version.html_sha256, version.pdf_sha256, version.docx_sha256]
        if [hashlib.sha256(content).hexdigest() for content in kept] != hashes:
            found.append(f"查验码{shown(version.code)}：文件与签发时的校验值不同。")
    return found
