"""谈话: notice, record, confirmation by both, the paper."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.coaching import permissions
from ronghe.coaching.actions import talks as write
from ronghe.coaching.forms import measures as forms
from ronghe.coaching.queries.lists import find_talk
from ronghe.coaching.views.measures import get_measure, step
from ronghe.common.access import access
from ronghe.common.exports import mark_export
from ronghe.common.forms import posted_version
from ronghe.common.once import submit_once


@access(permissions.is_in_area)
@submit_once
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the person when and where."""
    talk = find_talk(get_measure(request, pk), request.user)
    initial = {name: getattr(talk, name) for name in ("meets_on", "meets_at", "place", "notice")} if talk else {}
    act = lambda measure, **values: write.give_notice(measure, version=posted_version(request), **values)  # noqa: E731
    return step(
        request, pk, forms.NoticeForm(request.POST or None, initial=initial), act, _("已通知本人。"), _("通知谈话"), button=_("通知本人")
    )


@access(permissions.is_in_area)
@submit_once
def write_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down the talk."""
    talk = find_talk(get_measure(request, pk), request.user)
    initial = {name: getattr(talk, name) for name in write.PARTS} if talk else {}
    lines = {"row_lines": [_("本人上次退回的意见:%(words)s") % {"words": talk.words}]} if talk and talk.words else {}
    act = lambda measure, by, **values: write.record_talk(measure, parts=values_of(values), by=by, version=posted_version(request))  # noqa: E731
    return step(request, pk, forms.TalkForm(request.POST or None, initial=initial), act, _("已记录,等双方确认。"), _("谈话记录"), **lines)


def values_of(values: dict[str, object]) -> dict[str, str]:
    return {name: str(values[name]) for name in write.PARTS}


@access(permissions.is_in_area)
@submit_once
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the record; a person may add words of the own."""
    act = lambda measure, **values: write.confirm_talk(measure, version=posted_version(request), **values)  # noqa: E731
    return step(
        request, pk, forms.WordsForm(request.POST or None), act, _("已确认。"), _("确认谈话记录"), button=_("确认,与谈话相符"),
        template="coaching/confirm.html", talk=find_talk(get_measure(request, pk), request.user),
    )  # fmt: skip


@access(permissions.is_in_area)
@submit_once
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the record is not what was said."""
    act = lambda measure, **values: write.return_talk(measure, version=posted_version(request), **values)  # noqa: E731
    return step(request, pk, forms.WordsForm(request.POST or None), act, _("已退回谈话人。"), _("记录不符,退回"), button=_("退回"))


@access(permissions.is_in_area)
def print_talk(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the record as a paper, for whom it is for."""
    measure = get_measure(request, pk)
    talk = find_talk(measure, request.user)
    if talk is None:
        raise Http404
    if not talk.problem:
        messages.info(request, _("还没有谈话记录。"))
        return redirect("coaching:measure", pk=pk)
    context = {
        "page_title": f"{measure.kind.name}记录", "issuer": measure.area.name, "measure": measure, "talk": talk,
        "mark": mark_export(request.user, what=_("谈话记录"), rows=1, area_id=measure.area_id), "back_url": reverse("coaching:measure", args=[pk]),
    }  # fmt: skip
    return render(request, "coaching/print_talk.html", context)
