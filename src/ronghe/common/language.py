"""中文 and English: which of them a reader has chosen, and the page in it (ADR 0010)."""

import gettext
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from ronghe.common.phrasebook import Phrasebook, say_page


class LanguageMiddleware:
    """Serve the request in the language that this browser has chosen: never what the browser itself asks for.

    The house's language is Chinese, also for those whose phone speaks another; English is a choice in the account menu.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = find_language(request)
        request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
        with translation.override(language):
            response = self.get_response(request)
            if language != settings.LANGUAGE_CODE and _is_page(response):
                _say(response, language)
        response.headers.setdefault("Content-Language", language)
        return response


def find_language(request: HttpRequest) -> str:
    """The language in this browser's cookie, or the house's."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@cache
def open_phrasebook(language: str) -> Phrasebook:
    """Both catalogues of the language: what gettext knows, and what rules and records say without it."""
    known: dict[str, str] = {}
    for domain in ("django", "phrases"):
        catalogue = gettext.translation(domain, settings.LOCALE_PATHS[0], [language])
        known |= {text: said for text, said in catalogue._catalog.items() if isinstance(text, str) and text}  # type: ignore[attr-defined]
    return Phrasebook(known)


def _is_page(response: HttpResponse) -> bool:
    return not response.streaming and response.headers.get("Content-Type", "").startswith("text/html")


def _say(response: HttpResponse, language: str) -> None:
    page = response.content.decode(response.charset)
    response.content = say_page(page, open_phrasebook(language).say).encode(response.charset)
    if response.has_header("Content-Length"):
        response.headers["Content-Length"] = str(len(response.content))
