"""The letter on paper: one template for the page that a browser prints and for the archived PDF (WeasyPrint), with its QR code."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from ronghe.common.pdf import build_pdf
from ronghe.documents.models import Document
from ronghe.letters.actions.signing import ARCHIVE, archive_letter, find_archive
from ronghe.letters.models import Letter, LetterLine
from ronghe.letters.queries.letters import describe_signatures, shown_code, verification_path


def describe_paper(letter: Letter) -> dict[str, Any]:
    """Return what the paper shows."""
    path = verification_path(letter)
    address = f"{settings.RONGHE_URL}{path}" if path else ""
    blocks = [block for block in letter.text if block["kind"] != "title"]
    return {
        "letter": letter,
        "blocks": blocks,
        "signatures": describe_signatures(letter),
        "code": shown_code(letter),
        "address": address,
        "qr": draw_qr(address) if address else "",
        "lines": list(LetterLine.objects.filter(letter=letter)) if letter.state == Letter.State.REVIEWED else [],
        "page_title": next((block["text"] for block in letter.text if block["kind"] == "title"), letter.template.title),
    }


def draw_qr(address: str) -> str:
    """Return the QR code as inline SVG."""
    import segno  # noqa: PLC0415

    return str(segno.make(address, error="m").svg_inline(scale=2, border=2, omitsize=False))


def build_letter(letter: Letter) -> bytes:
    """Return the PDF of a letter as both have signed it: without the review, which comes later."""
    return build_pdf("letters/print_letter.html", describe_paper(letter) | {"lines": []})


def archive(letter: Letter) -> None:
    """Make the PDF of a letter that both have signed and that has none, and keep it."""
    if letter.code and find_archive(letter) is None:
        archive_letter(letter, build_letter(letter))


def follow_letters(day: date) -> str:
    """The daily tick: posts that changed hands, reviews that are due, PDFs that are missing."""
    from ronghe.letters.actions.reviews import open_reviews  # noqa: PLC0415
    from ronghe.letters.actions.signing import follow_posts  # noqa: PLC0415

    moved, opened = follow_posts(day), open_reviews(day)
    archived = Document.objects.filter(object_type=ContentType.objects.get_for_model(Letter), purpose=ARCHIVE).values("object_id")
    missing = Letter.objects.exclude(code=None).exclude(pk__in=archived)
    kept = list(missing.select_related("template", "area", "unit", "first", "second", "first_post", "second_post"))
    for letter in kept:
        archive(letter)
    return _("岗位变动 %(moved)d 份,待评议 %(opened)d 份,补存档 %(kept)d 份") % {"moved": moved, "opened": opened, "kept": len(kept)}
