"""Opinions on what was made known: said, written down, answered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.common.access import access, require
from ronghe.common.forms import posted_version
from ronghe.common.once import submit_once
from ronghe.supervision import permissions
from ronghe.supervision.actions import opinions as write
from ronghe.supervision.forms.openness import AnswerForm, AskForm, HeardForm
from ronghe.supervision.models.openness import Opinion
from ronghe.supervision.views.openness import get_row
from ronghe.supervision.views.steps import take_step


@access(permissions.is_in_area)
@submit_once
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask something, or say what one thinks."""
    row = get_row(request, pk)
    require(permissions.may_ask, request.user, row)
    return take_step(
        request, AskForm(request.POST or None), lambda values: write.ask(row, by=request.user, **values),
        back=reverse("supervision:open-row", args=[pk]), done=_("意见已交给公开人,答复后会通知您。"), heading=_("提意见、问问题"), title=str(row),
        lines=[_("大家都能看到意见和答复,但看不到是谁提的;只有公开人和书记能看到。")],
    )  # fmt: skip


@access(permissions.is_in_area)
@submit_once
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what came another way."""
    row = get_row(request, pk)
    require(permissions.may_publish, request.user, row)
    return take_step(
        request, HeardForm(request.POST or None), lambda values: write.note(row, by=request.user, **values),
        back=reverse("supervision:open-row", args=[pk]), done=_("已登记,请按期答复。"), heading=_("登记收到的意见"), title=str(row),
    )  # fmt: skip


@access(permissions.is_in_area)
@submit_once
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer it."""
    rows = Opinion.objects.visible_to(request.user).select_related("disclosure__item", "owner")
    opinion = get_object_or_404(rows, pk=pk)
    require(permissions.may_publish, request.user, opinion)
    return take_step(
        request, AnswerForm(request.POST or None),
        lambda values: write.answer(opinion, text=values["answer"], by=request.user, version=posted_version(request)),
        back=reverse("supervision:open-row", args=[opinion.disclosure_id]), done=_("已答复。"), heading=_("答复意见"), version=opinion.version,
        title=str(opinion.disclosure), lines=[opinion.text],
    )  # fmt: skip
