"""日历: the month's page, my day on a phone, and the feed with its keys; 减负, what all lists ask."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ronghe.common.access import access, anyone
from ronghe.common.calendar import describe_day, today
from ronghe.common.exports import Sheet, hand_out
from ronghe.common.forms import PROBLEMS, show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.operations.tokens import digest_token
from ronghe.org.standing import standing_of
from ronghe.worklist.actions.calendar import make_calendar_key, revoke_calendar_key
from ronghe.worklist.forms import KeyForm
from ronghe.worklist.models import CalendarKey, Task
from ronghe.worklist.packs import read_minutes
from ronghe.worklist.permissions import is_in_area, may_keep_guides, may_read_load
from ronghe.worklist.queries.calendar import build_feed, build_weeks
from ronghe.worklist.queries.due import describe_task, list_own
from ronghe.worklist.queries.load import read_load
from ronghe.worklist.queries.months import describe_line, is_year_confirmed, leads
from ronghe.worklist.rules.recurrence import WEEKDAY_WORDS, add_months
from ronghe.worklist.views.months import read_chosen_month


@access(is_in_area)
def show_calendar(request: HttpRequest) -> HttpResponse:
    """Show a month of what is due, mine or of those whom I lead."""
    month = read_chosen_month(request)
    led = request.GET.get("scope") == "led" and leads(request.user)
    context = {
        "weeks": build_weeks(request.user, month, today(), led=led),
        "heads": [_("周") + word for word in WEEKDAY_WORDS],
        "month": month,
        "earlier": add_months(month, -1),
        "later": add_months(month, 1),
        "unconfirmed": not is_year_confirmed(int(month[:4])),
        "leads": leads(request.user),
        "led": led,
    }
    return render(request, "worklist/calendar.html", context)


@access(is_in_area)
def show_day(request: HttpRequest) -> HttpResponse:
    """Show my day: what is late, what is due today, what comes in the next days; done with one tap."""
    day = today()
    me = standing_of(request.user).person_id or 0
    late: list[Any] = []
    now: list[Any] = []
    soon: list[Any] = []
    for task in list_own(request.user).select_related("owner", "unit", "offered_to", "refused_by")[:100]:
        row = (describe_line(task, me, day) if task.is_listed else None, describe_task(task, day))
        pile = soon if task.due is None or task.due > day else now if task.due == day else late
        pile.append(row)
    settled = Task.objects.filter(owner_id=me, state=Task.State.DONE, settled_at__date=day)
    done = [task.title for task in settled.order_by("-settled_at")[:20]]
    piles = [(_("已过期"), late), (_("今天"), now), (_("接下来"), soon[:10])]
    context = {"piles": [pile for pile in piles if pile[1]], "done": done, "day": describe_day(day), "once": new_key()}
    return render(request, "worklist/day.html", context)


@access(is_in_area)
@submit_once
def show_keys(request: HttpRequest) -> HttpResponse:
    """Show my calendar subscriptions, and make one: its address is shown this once."""
    form = KeyForm(request.POST or None)
    address = ""
    if request.method == "POST" and form.is_valid():
        try:
            _key, token = make_calendar_key(name=form.cleaned_data["name"], by=request.user)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            address, form = request.build_absolute_uri(reverse("worklist:feed", args=[token])), KeyForm()
    keys = list(CalendarKey.objects.visible_to(request.user)[:20])
    context = {"form": form, "keys": keys, "address": address, "once": new_key()}
    return render(request, "worklist/keys.html", context, status=422 if form.is_bound else 200)


@require_POST
@access(is_in_area)
@submit_once
def revoke_key(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a subscription."""
    revoke_calendar_key(get_object_or_404(CalendarKey.objects.visible_to(request.user), pk=pk), by=request.user)
    messages.success(request, _("已停用,这个地址不再给出任何内容。"))
    return redirect("worklist:keys")


@require_safe
@access(anyone)
def show_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a phone's calendar, which can't log in: the token is the key; titles only, of what its owner may read now."""
    key = CalendarKey.objects.filter(digest=digest_token(token), revoked_on=None).select_related("person__user").first()
    user = key.person.user if key else None
    if key is None or user is None or not user.is_active or key.person.left_on is not None:
        raise Http404
    response = HttpResponse(build_feed(key, today()), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def load_area(request: HttpRequest) -> int:
    return min(area for area in standing_of(request.user).readable_areas)


@access(may_read_load)
def show_load(request: HttpRequest) -> HttpResponse:
    """减负: minutes asked of each role, what is asked twice, what serves nothing. Of lists, never of persons."""
    month = read_chosen_month(request)
    page = read_load(load_area(request), month)
    context = {
        "month": month,
        "earlier": add_months(month, -1),
        "later": add_months(month, 1),
        "page": page,
        "minutes": list(read_minutes().values()),
        "keeps": may_keep_guides(request.user),
    }
    return render(request, "worklist/load.html", context)


@access(may_read_load)
def export_load(request: HttpRequest) -> FileResponse:
    """Hand out what each list asks."""
    month = read_chosen_month(request)
    area_id = load_area(request)
    page = read_load(area_id, month)
    rows = [
        [
            one.question.source,
            one.question.name,
            one.question.role,
            one.question.holders,
            one.minutes,
            one.question.feeds_name or one.question.feeds,
        ]
        for one in page.costed
    ]
    heads = (_("清单"), _("事项"), _("岗位"), _("人数"), _("每人每月分钟"), _("用到哪里"))
    return hand_out(
        request.user, what=_("填写用时"), sheets=[Sheet(f"填写用时{month}", heads, rows)], name=f"填写用时-{month}", area_id=area_id
    )
