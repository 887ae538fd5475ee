"""What has been done stays done when the session cannot be written down afterwards."""

import logging

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware

log = logging.getLogger(__name__)


class LastingSessionMiddleware(SessionMiddleware):
    """Answers with the page all the same where only the time of last use would be lost.

    The session is saved after the view, whose own changes are kept by then: “not saved” would be
    untrue. It fails where the database has just gone or is busy, or where the log-in was ended in
    another window meanwhile. A session that was just begun has to be saved, though: nobody would
    be logged in.
    """

    def process_response(self, request, response):
        try:
            return super().process_response(request, response)
        except SessionInterrupted:
            sent = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
            if sent != request.session.session_key:
                raise
            log.warning("The session was not written down after %s.", request.path)
            return response
