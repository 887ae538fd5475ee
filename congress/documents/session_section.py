"""The documents of a session as a section of its page."""

from congress.models import Document, Session
from congress.record_sections import Section, add_section


def _documents(session: Session, user) -> dict | None:
    documents = list(Document.objects.visible_to(user).filter(session=session))
    return {"documents": documents} if documents else None


add_section(Session, Section("congress/_session_documents.html", _documents))
