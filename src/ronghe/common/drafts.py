"""Half-filled forms whose fields are data: kept while they are typed, under a number, so that an older window never overwrites a newer one.

The page shows `common/draft_box.html` in its form; `frontend/app/drafts.ts` saves, and keeps on the machine what did not reach the server.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.common.actions import Refused, StaleForm
from ronghe.common.calendar import now
from ronghe.common.forms import read_number
from ronghe.common.once import new_key
from ronghe.common.own_fields import OwnField, keep_readable

Row = TypeVar("Row", bound="Drafted")


class Drafted(models.Model):
    """A row with a form that is half filled: its draft, the draft's number, the window that saved it, and when."""

    draft: Any = models.JSONField(default=dict, blank=True, editable=False)
    draft_number = models.PositiveIntegerField(default=0, editable=False)
    draft_window = models.CharField(max_length=40, blank=True, editable=False)
    draft_at = models.DateTimeField(gettext_lazy("草稿时间"), null=True, blank=True)

    class Meta:
        abstract = True

    def drop_draft(self) -> None:
        """The form is complete; a window that still has the draft open is an old one. Not saved."""
        self.draft, self.draft_number = {}, self.draft_number + 1


def keep_draft(row: Row, values: dict[str, str], *, number: int, window: str = "") -> Row:
    """Keep a half-filled form of a locked row; its version stays, so that the page that is open can still be handed in.

    `number` is the draft that the form was opened with: an older window never overwrites a newer one. A window that itself saved the last
    draft may save on, also where it never heard the answer: the connection was lost on the way back.
    """
    if values == row.draft:
        return row
    if number != row.draft_number and (not window or window != row.draft_window):
        raise StaleForm(row)
    row.draft, row.draft_number, row.draft_at, row.draft_window = values, row.draft_number + 1, now(), window[:40]
    kept = {name: getattr(row, name) for name in ("draft", "draft_number", "draft_at", "draft_window")}
    type(row)._default_manager.filter(pk=row.pk).update(**kept)
    return row


class DraftBox:
    """What `common/draft_box.html` shows of a draft."""

    def __init__(self, row: Drafted, url: str) -> None:
        self.url, self.number, self.saved_by, self.window = url, row.draft_number, row.draft_window, new_key()
        self.key = f"{row._meta.label_lower}:{row.pk}"
        self.at = timezone.localtime(row.draft_at) if row.draft and row.draft_at else None


def answer_draft(request: HttpRequest, fields: Sequence[OwnField], save: Callable[..., Drafted]) -> HttpResponse:
    """Save what is typed so far; answers with the line that says so and the number of the draft."""
    number = read_number(request.POST.get("draft_number", ""))
    window = request.POST.get("draft_window", "")[:40]
    try:
        row = save(keep_readable(fields, request.POST), number=-1 if number is None else number, window=window)
    except StaleForm:
        problem = _("草稿已在另一个窗口改过,这里的没有保存。请刷新后再填。")
        return render(request, "common/draft.html", {"problem": problem}, status=422)
    except Refused as refused:
        return render(request, "common/draft.html", {"problem": str(refused)}, status=422)
    return render(
        request, "common/draft.html", {"number": row.draft_number, "at": timezone.localtime(row.draft_at) if row.draft_at else None}
    )
