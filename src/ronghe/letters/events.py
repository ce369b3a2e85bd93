"""What other systems may be told of 责任书: numbers, codes, states and dates, no person."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from ronghe.common.registry import EventKind


def write_letter(row: Any) -> dict[str, Any]:
    return {"number": row.number, "year": row.year, "state": row.state, "digest": row.digest}


EVENTS: Final = {
    "letter.signed": EventKind(_("责任书已签一方"), "letters.letter", ("签订责任书",), write_letter),
    "letter.active": EventKind(_("责任书已生效"), "letters.letter", ("责任书生效",), write_letter),
}
