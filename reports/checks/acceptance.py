"""Signing over warnings: a tick for each, and a reason for each or one for all."""

from collections.abc import Sequence

from django import forms

from congress.fields import say_plainly

from .check import Finding

LONGEST_REASON = 300
NO_REASON = "请写明理由，或者在“统一的理由”中写明。"


def accepted_for(findings: Sequence[Finding], reason: str) -> list[dict[str, str]]:
    """The warnings, each with this reason, as ``ReportVersion.accepted`` keeps them."""
    return [_kept(finding, reason) for finding in findings]


def _kept(finding: Finding, reason: str) -> dict[str, str]:
    return {"check": finding.check_key, "sentence": finding.sentence, "reason": reason}


class AcceptanceForm(forms.Form):
    """Fields are named by what was found: a warning that has changed meanwhile is not accepted."""

    def __init__(self, findings: Sequence[Finding], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.findings = tuple(findings)
        for finding in self.findings:
            tick, reason = _names(finding)
            self.fields[tick] = forms.BooleanField(
                label="已核实，仍然签发", error_messages={"required": "请核实后勾选。"}
            )
            self.fields[reason] = _reason_field("理由")
        if len(self.findings) > 1:
            self.fields["reason_for_all"] = _reason_field(
                "统一的理由", help_text="没有单独写明理由的，都用这一条"
            )

    @property
    def rows(self):
        """(finding, tick, reason) of each warning, for the template."""
        return [(finding, *(self[name] for name in _names(finding))) for finding in self.findings]

    @property
    def for_all(self):
        return self["reason_for_all"] if "reason_for_all" in self.fields else None

    def clean(self):
        data = super().clean()
        for finding in self.findings:
            tick, reason = _names(finding)
            if data.get(tick) and reason not in self.errors and not self._reason(finding):
                self.add_error(reason, NO_REASON)
        return data

    def _reason(self, finding: Finding) -> str:
        own = self.cleaned_data.get(_names(finding)[1], "")
        return own or self.cleaned_data.get("reason_for_all", "")

    @property
    def accepted(self) -> list[dict[str, str]]:
        """Of a valid form: each warning with its reason, as ``ReportVersion.accepted`` keeps."""
        return [_kept(finding, self._reason(finding)) for finding in self.findings]


def _names(finding: Finding) -> tuple[str, str]:
    return f"accept-{finding.fingerprint}", f"reason-{finding.fingerprint}"


def _reason_field(label: str, **options) -> forms.CharField:
    field = forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        **options,
    )
    say_plainly(field)
    return field
