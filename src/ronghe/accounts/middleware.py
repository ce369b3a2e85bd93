"""Keeps a session alive while it is used: noted at most every five minutes, so that reading costs no write."""

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime

from ronghe.accounts.requests import find_address
from ronghe.accounts.sessions import ADDRESS, BEGAN, DEVICE, SEEN
from ronghe.common.calendar import now

NOTED_EVERY = timedelta(minutes=5)


class SeenMiddleware:
    """Note when a session was last used; saving it also moves its end on (SESSION_COOKIE_AGE is the idle time)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self.note(request)
        return self.get_response(request)

    def note(self, request: HttpRequest) -> None:
        at = now()
        seen = parse_datetime(request.session.get(SEEN, ""))
        if seen is not None and at - seen < NOTED_EVERY:
            return
        request.session.setdefault(BEGAN, at.isoformat())
        request.session[SEEN] = at.isoformat()
        request.session[ADDRESS] = find_address(request) or None
        request.session[DEVICE] = request.headers.get("user-agent", "")[:200]
