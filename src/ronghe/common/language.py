"""中文 and English: which of them a reader has chosen, and the page in it (ADR 0010).

Python speaks the house's language throughout, so that records, exports and messages are the same whoever makes them. Only a
page's templates are rendered in the reader's, and what they bring in Chinese is looked up as the page goes out. What is printed stays Chinese.
"""

import gettext
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from functools import cache
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.backends.django import DjangoTemplates, Template
from django.utils import translation

from ronghe.common.phrasebook import Phrasebook, say_page

READER: ContextVar[str] = ContextVar("reader", default="")


class LanguageMiddleware:
    """Serve the page in the language that this browser has chosen: never what the browser itself asks for.

    The house's language is Chinese, also for those whose phone speaks another; English is a choice in the account menu.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = find_language(request)
        token = READER.set(language)
        try:
            with translation.override(settings.LANGUAGE_CODE):
                response = self.get_response(request)
        finally:
            READER.reset(token)
        if language != settings.LANGUAGE_CODE and _is_page(response):
            _say(response, language)
        return response


class Templates(DjangoTemplates):
    """Django's templates, rendered in the reader's language."""

    def get_template(self, template_name: str) -> "Page":
        return Page(super().get_template(template_name).template, self)

    def from_string(self, template_code: str) -> "Page":
        return Page(super().from_string(template_code).template, self)


class Page(Template):
    """A template; one that is printed (its name says so) is a document of the house and stays in its language."""

    def render(self, context: dict[str, Any] | None = None, request: HttpRequest | None = None) -> Any:
        reader = READER.get()
        if not reader or "print" in PurePath(self.template.name or "").stem:
            return super().render(context, request)
        with translation.override(reader):
            return super().render(context, request)


def find_language(request: HttpRequest) -> str:
    """The language in this browser's cookie, or the house's."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@cache
def open_phrasebook(language: str) -> Phrasebook:
    """Both catalogues of the language: what gettext knows, and what rules and records say without it."""
    known: dict[str, str] = {}
    for domain in ("phrases", "django"):
        catalogue = gettext.translation(domain, settings.LOCALE_PATHS[0], [language], fallback=True)  # not compiled: the page stays Chinese
        texts = getattr(catalogue, "_catalog", {}).items()
        known |= {text: said for text, said in texts if isinstance(text, str) and text and "\x04" not in text}  # none with a context
    return Phrasebook(known)


def find_word(given: str, words: Iterable[str]) -> str:
    """The one of these Chinese words that somebody typed, in Chinese or as the interface says it elsewhere; else what was typed."""
    known = {word: word for word in words}
    for language, _name in settings.LANGUAGES:
        if language != settings.LANGUAGE_CODE:
            known |= {open_phrasebook(language).say(word).casefold(): word for word in list(known) if word == known[word]}
    return known.get(given) or known.get(given.casefold(), given)


def _is_page(response: HttpResponse) -> bool:
    return not response.streaming and response.headers.get("Content-Type", "").startswith("text/html")


def _say(response: HttpResponse, language: str) -> None:
    page = response.content.decode(response.charset)
    response.content = say_page(page, open_phrasebook(language).say).encode(response.charset)
    if response.has_header("Content-Length"):
        response.headers["Content-Length"] = str(len(response.content))
