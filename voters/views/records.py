"""The small page of a step, and forms with buttons that only fill them further."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect

from congress import editing
from congress.action_views import ActionEdit


class StepView(ActionEdit):
    """One step of a record's life: only the fields it needs, then its action."""

    form_class = None
    label = ""

    def get_template_names(self):
        return ["voters/step_form.html"]

    def get_form_class(self):
        return self.form_class

    def form_valid(self, form):
        try:
            self.save(form)
        except editing.EditedMeanwhile:
            return self.conflict(form)
        except ValidationError as error:
            form.blame(error)
            return self.form_invalid(form)
        messages.success(self.request, self.said(form))
        return HttpResponseRedirect(self.next_address())

    def next_address(self) -> str:
        """Where one goes on after the step."""
        return self.object.get_absolute_url()

    def save(self, form):
        """Raises ``EditedMeanwhile`` when somebody else saved the record since it was read."""
        editing.save_if_unchanged(self.object, form.cleaned_data["version"], form.save)

    def said(self, form) -> str:
        """What happened, in one sentence."""
        return f"{self.noun}“{self.object}”：{self.label}已记录。"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "title": f"{self.label}：{self.object}",
            "label": self.label,
        }


class DraftPost:
    """A form with buttons that only fill it further: it comes back as typed, nothing is saved.

    ``draft_buttons`` are the names of those buttons.
    """

    draft_buttons: tuple[str, ...] = ()

    @property
    def is_draft(self) -> bool:
        return any(name in self.request.POST for name in self.draft_buttons)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"is_draft": self.is_draft}

    def post(self, request, *args, **kwargs):
        if not self.is_draft:
            return super().post(request, *args, **kwargs)
        self.object = self.get_object() if "pk" in self.kwargs else None
        return self.render_to_response(self.get_context_data(was_draft=True))
