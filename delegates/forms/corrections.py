"""What a delegate asks to be corrected, and what the office answers."""

from django import forms

from congress.editing import RecordForm, fingerprint
from congress.fields import number_sent
from congress.numerals import month_day
from congress.periods import Period, today
from delegates import actions
from delegates.decisions import DecisionForm
from delegates.duty_file import Entry, Part, duty_files
from delegates.models import CorrectionRequest

#: What stands for the part as a whole: something is missing in it.
MISSING = "没有记上的，或者其他"


def key_of(part: Part, entry: Entry | None = None) -> str:
    """An entry of a file among the form's choices, the same while it reads the same."""
    told = fingerprint((entry.day, entry.words))[:16] if entry else ""
    return f"{part.key}.{told}"


def words_of(entry: Entry) -> str:
    standing = f"（{entry.standing}）" if entry.standing else ""
    return f"{month_day(entry.day)} {entry.words}{standing}"


class CorrectionForm(RecordForm):
    """About an entry of the own file of that year, or about what a part of it lacks."""

    year = forms.IntegerField(widget=forms.HiddenInput, required=False)
    #: Narrows the choice to one part of the file.
    part = forms.CharField(widget=forms.HiddenInput, required=False)
    about = forms.ChoiceField(label="哪条记录")
    field_order = ("about", "wrong", "right")

    class Meta:
        model = CorrectionRequest
        fields = ["wrong", "right"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        given = self.data if self.is_bound else self.initial
        year = number_sent(str(given.get("year") or ""))
        self.given_year = year if year and 1900 <= year <= today().year else today().year
        self.initial["year"] = self.given_year
        person = self.user.delegate
        [file] = duty_files([person], Period.of_year(self.given_year), self.user)
        self.found: dict[str, tuple[Part, Entry | None]] = {}
        choices: list = [("", "请选择")]
        parts = [part for part in file.parts if part.key == given.get("part")] or file.parts
        for part in parts:
            offered = {key_of(part, entry): (part, entry) for entry in part.entries}
            offered[key_of(part)] = (part, None)
            self.found |= offered
            choices.append(
                (
                    part.title,
                    [
                        (key, words_of(entry) if entry else MISSING)
                        for key, (_, entry) in offered.items()
                    ],
                )
            )
        self.fields["about"].choices = choices
        self.fields["about"].error_messages["invalid_choice"] = (
            "这条记录刚有变动，请重新选择；已经改对的，就不用申请了。"
        )

    def clean(self):
        data = super().clean()
        if data.get("about"):
            part, entry = self.found[data["about"]]
            request = self.instance
            request.delegate, request.year = self.user.delegate, self.given_year
            request.part, request.part_title = part.key, part.title
            request.subject = words_of(entry)[:400] if entry else ""
            request.address = entry.address if entry else ""
            open_ones = CorrectionRequest.objects.waiting().filter(
                delegate=request.delegate, year=request.year, part=part.key, subject=request.subject
            )
            if entry and open_ones.exists():
                self.add_error(
                    "about", "这条记录已有待办理的更正申请；要改内容的，先撤回原来的申请。"
                )
        return data

    def save(self):
        return actions.ask_correction(by=self.user, request=self.instance)


class CorrectedForm(DecisionForm):
    answer = forms.CharField(
        label="办理说明",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="改了哪里，代表会看到；可以不填",
    )


class RefusedForm(DecisionForm):
    answer = forms.CharField(
        label="不予更正的理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="代表会看到",
    )
