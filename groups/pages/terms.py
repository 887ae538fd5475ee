"""Pages of terms: the institution's pages, where the end of a term ends mandates and groups."""

import congress.pages
from congress.action_views import ActionAdd, ActionEdit
from groups.forms.terms import TermForm


class TermPages(congress.pages.TermPages):
    form_class = TermForm
    views = {"add": ActionAdd, "edit": ActionEdit}
