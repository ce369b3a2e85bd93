"""A page after base_print as PDF (WeasyPrint). Nothing is fetched but the style sheet of papers; it needs no collectstatic."""

import logging
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

STYLES = "ronghe/dist/print.css"


def build_pdf(template: str, context: dict[str, Any]) -> bytes:
    """Return the PDF of a template that extends base_print.html. It takes a second or two: not under a lock."""
    from weasyprint import HTML  # noqa: PLC0415
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class StylesOnly(URLFetcher):
        """Hands over the style sheet; every other address is refused."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.rstrip("/").endswith("paper:/print.css"):
                return URLFetcherResponse(url, body=read_styles().encode(), headers={"Content-Type": "text/css"})
            raise ValueError(url)

    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it warns of what is for browsers only
    html = render_to_string(template, {**context, "paper_only": True})
    return bytes(HTML(string=html, base_url="paper:/", url_fetcher=StylesOnly()).write_pdf() or b"")


@lru_cache(maxsize=1)
def read_styles() -> str:
    """Return the style sheet of papers, from the built front end."""
    path = finders.find(STYLES)
    if not path:
        raise FileNotFoundError(STYLES)
    return Path(path).read_text(encoding="utf-8")
