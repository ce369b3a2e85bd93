"""民主测评 on a phone: by one's own account, or with a personal invitation or a slip's code and no login; and the slips to print."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from ronghe.accounts.requests import find_address
from ronghe.appraisal import permissions
from ronghe.appraisal.actions.ballots import (
    cast_ballot,
    cast_by_code,
    cast_by_invitation,
    find_code,
    find_invited,
    invite_judges,
    make_codes,
)
from ronghe.appraisal.forms import CodeForm, CodesForm, InviteForm
from ronghe.appraisal.models import Cycle, Judge, Report, Seat
from ronghe.appraisal.queries.detail import list_subjects, load_seats, read_subjects
from ronghe.appraisal.rules.ballots import is_uniform
from ronghe.appraisal.views.steps import get_cycle
from ronghe.common.access import access, anyone, require
from ronghe.common.exports import mark_export
from ronghe.common.forms import PROBLEMS, show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.notices.channels import send_letters
from ronghe.org.models import Person
from ronghe.org.standing import standing_of

WRONG_CODES, WRONG_SECONDS = 30, 900  # a whole room may share one address


def ask_again(marks: Mapping[int, Sequence[int]], data: Mapping[str, str]) -> bool:
    """Tell whether to ask once if the same mark for everything is meant."""
    flat = [one for row in marks.values() for one in row]
    return is_uniform(flat) and -1 not in flat and "sure" not in data


def show_ballot(
    request: HttpRequest,
    cycle: Cycle,
    reports: Sequence[Report],
    groups: Mapping[int, str],
    *,
    template: str,
    problem: str,
    asks: bool,
    **extra: Any,
) -> HttpResponse:
    data = request.POST if "marks" in request.POST else {}
    context = {
        "cycle": cycle,
        "subjects": list_subjects(cycle, reports, groups, data),
        "problem": problem,
        "asks": asks,
        "once": request.POST.get("once") or new_key(),
        **extra,
    }
    return render(request, template, context, status=422 if problem or asks else 200)


@never_cache
@sensitive_post_parameters()
@access(permissions.may_judge)
@submit_once
def cast(request: HttpRequest, pk: int) -> HttpResponse:
    """Judge everybody whom one is to judge in a round, once."""
    cycle = get_cycle(request, pk)
    require(permissions.may_judge, request.user, cycle)
    judge = Judge.objects.filter(cycle=cycle, person_id=standing_of(request.user).person_id or 0).first()
    if cycle.state != Cycle.State.BALLOTING or judge is None or judge.voted:
        messages.info(request, _("您已经测评过。") if judge is not None and judge.voted else _("现在没有打开的测评。"))
        return redirect("appraisal:cycle", pk=pk)
    reports, groups = load_seats(cycle, request.user)
    problem, asks = "", False
    if request.method == "POST":
        marks = read_subjects(cycle, [report.pk for report in reports], request.POST)
        asks = ask_again(marks, request.POST)
        if not asks:
            try:
                cast_ballot(cycle, marks, by=request.user)
            except PROBLEMS as found:
                problem = " ".join(getattr(found, "messages", [str(found)]))
            else:
                messages.success(request, _("已测评。匿名组的票没有任何记录能看出是谁投的。"))
                return redirect("appraisal:cycle", pk=pk)
    return show_ballot(request, cycle, reports, groups, template="appraisal/ballot.html", problem=problem, asks=asks)


def count_wrong(request: HttpRequest, *, more: bool) -> int:
    """Return how many wrong codes came from this address lately, one more included where asked."""
    key = f"ballot-code:{find_address(request)}"
    found = int(cache.get(key, 0))
    if more:
        found += 1
        cache.set(key, found, WRONG_SECONDS)
    return found


@dataclass(frozen=True)
class Entrance:
    """What a code or an invitation lets one judge, and how the ballot is cast."""

    cycle: Cycle
    reports: list[Report]
    groups: dict[int, str]
    cast: Callable[[str, Mapping[int, Sequence[int]]], None]
    invited: bool = False


def find_entrance(text: str) -> Entrance | None:
    """Return what a slip's code or a personal invitation opens; None for what opens nothing (any more)."""
    judge = find_invited(text)
    if judge is not None:
        groups = dict(Seat.objects.filter(judge=judge).values_list("report_id", "group"))
        reports = list(Report.objects.filter(pk__in=groups).select_related("person").order_by("pk"))
        return Entrance(judge.cycle, reports, groups, cast_by_invitation, invited=True)
    code = find_code(text)
    if code is None:
        return None
    reports = list(Report.objects.filter(cycle=code.cycle).select_related("person").order_by("pk"))
    return Entrance(code.cycle, reports, dict.fromkeys((report.pk for report in reports), code.group), cast_by_code)


@never_cache
@sensitive_post_parameters()
@access(anyone)
@submit_once
def vote_by_code(request: HttpRequest) -> HttpResponse:
    """Judge with a slip's code or a personal invitation: no login. The text comes in the form, never in an address that a server would log:
    an invitation's address holds it behind the #, which a browser keeps to itself.
    """
    form = CodeForm(request.POST or None)
    if count_wrong(request, more=False) >= WRONG_CODES:
        form = CodeForm()
        return render(request, "appraisal/code.html", {"form": form, "locked": True}, status=429)
    if request.method != "POST" or not form.is_valid():
        return render(request, "appraisal/code.html", {"form": form}, status=422 if form.is_bound else 200)
    text = form.cleaned_data["code"]
    found = find_entrance(text)
    if found is None:
        count_wrong(request, more=True)
        form.add_error("code", _("代码或邀请链接不对、已经用过,或测评已经结束。"))
        return render(request, "appraisal/code.html", {"form": form}, status=422)
    problem, asks = "", False
    if "marks" in request.POST:
        marks = read_subjects(found.cycle, list(found.groups), request.POST)
        asks = ask_again(marks, request.POST)
        if not asks:
            try:
                found.cast(text, marks)
            except PROBLEMS as refused:
                problem = " ".join(getattr(refused, "messages", [str(refused)]))
            else:
                return redirect(f"{reverse('appraisal:vote')}?done=1")
    return show_ballot(
        request, found.cycle, found.reports, found.groups, template="appraisal/vote.html", problem=problem, asks=asks, code=text,
        invited=found.invited,
    )  # fmt: skip


@access(permissions.may_organise)
@submit_once
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Send everybody who has not judged a personal link: by mail where there is an address, the rest as slips to print, this once."""
    cycle = get_cycle(request, pk)
    require(permissions.may_organise, request.user, cycle)
    form = InviteForm(request.POST or None, initial={"mail": True})
    if request.method == "POST" and form.is_valid():
        try:
            drawn = invite_judges(cycle, by=request.user)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            return send_invitations(request, cycle, drawn, by_mail=form.cleaned_data["mail"])
    context = {
        "form": form, "heading": _("发出个人邀请"), "back": reverse("appraisal:cycle", args=[pk]), "once": new_key(),
        "note": _("每个还没有测评的人一个链接,用一次就作废,计票时全部作废;不用登录。以前发的、还没用的同时作废。匿名组的票照样没有任何记录能看出是谁投的。"),
    }  # fmt: skip
    return render(request, "appraisal/step.html", context, status=422 if form.is_bound else 200)


def send_invitations(request: HttpRequest, cycle: Cycle, drawn: list[tuple[Person, str]], *, by_mail: bool) -> HttpResponse:
    """Mail the invitations; those that did not go out are shown as slips."""
    base = f"{settings.RONGHE_URL}{reverse('appraisal:vote')}#"
    sent: set[int] = set()
    if by_mail:
        subject = _("民主测评邀请:%(title)s") % {"title": cycle.title}
        body = _(
            "这是给您个人的测评链接,只能用一次,%(due)s 截止,不用登录,请不要转给别人:\n%(link)s\n匿名组的票没有任何记录能看出是谁投的。"
        )
        letters = [(person, subject, body % {"due": cycle.ballot_due, "link": f"{base}{text}"}) for person, text in drawn]
        sent = send_letters(letters)
    rest = [(person, f"{base}{text}") for person, text in drawn if person.pk not in sent]
    context = {
        "cycle": cycle,
        "sent": len(sent),
        "slips": [(person, segno.make(link, error="m").svg_data_uri(scale=3)) for person, link in rest],
        "page_title": _("%(title)s 测评邀请") % {"title": cycle.title},
        "back_url": reverse("appraisal:cycle", args=[cycle.pk]),
        "mark": mark_export(request.user, what=_("打印测评邀请"), rows=len(rest), area_id=cycle.area_id),
    }
    return render(request, "appraisal/print_invitations.html", context)


@access(permissions.may_organise)
@submit_once
def print_codes(request: HttpRequest, pk: int, group: str) -> HttpResponse:
    """Draw the one-time codes of a group and show the slips, this once: they are kept nowhere."""
    cycle = get_cycle(request, pk)
    require(permissions.may_organise, request.user, cycle)
    form = CodesForm(request.POST or None, initial={"number": 20})
    if request.method == "POST" and form.is_valid():
        try:
            codes = make_codes(cycle, group, form.cleaned_data["number"], by=request.user)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            address = f"{settings.RONGHE_URL}{reverse('appraisal:vote')}"
            context = {
                "cycle": cycle,
                "codes": [f"{code[:5]} {code[5:]}" for code in codes],
                "address": address,
                "square": segno.make(address, error="m").svg_data_uri(scale=3),
                "page_title": _("%(title)s 测评代码") % {"title": cycle.title},
                "back_url": reverse("appraisal:cycle", args=[pk]),
                "mark": mark_export(request.user, what=_("打印测评代码"), rows=len(codes), area_id=cycle.area_id),
            }
            return render(request, "appraisal/print_codes.html", context)
    context = {
        "form": form, "heading": _("印发一次性代码"), "back": reverse("appraisal:cycle", args=[pk]), "once": new_key(),
        "note": _("代码只在打印页显示这一次,系统里只留摘要;打印后请当场分发,不要登记谁拿了哪一张。"),
    }  # fmt: skip
    return render(request, "appraisal/step.html", context, status=422 if form.is_bound else 200)
