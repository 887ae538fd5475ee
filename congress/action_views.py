"""Common pages whose forms are saved by an action, which may still refuse."""

from django.core.exceptions import ValidationError

from .record_views import RecordAdd, RecordEdit


class SavedByAction:
    """What the action refuses is shown in the form; nothing was saved then."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ValidationError as error:
            form.blame(error)
            return self.form_invalid(form)


class ActionAdd(SavedByAction, RecordAdd):
    pass


class ActionEdit(SavedByAction, RecordEdit):
    pass
