"""Rounds: the list with what waits for me, one round, its stages."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.appraisal import permissions
from ronghe.appraisal.actions.ballots import open_ballots
from ronghe.appraisal.actions.count import count_ballots
from ronghe.appraisal.actions.cycles import drop_cycle, end_cycle, open_cycle
from ronghe.appraisal.forms import BallotDueForm, CycleFilter, OpenForm, ReasonForm
from ronghe.appraisal.kinds import VOTED
from ronghe.appraisal.models import Cycle, Judge, Outcome, Report, Template
from ronghe.appraisal.queries import detail
from ronghe.appraisal.queries.lists import PAST, TONES, describe_cycles, list_cycles, list_own_outcomes, list_own_steps, read_light
from ronghe.appraisal.rules.periods import propose_period
from ronghe.appraisal.views.steps import get_cycle, take_step
from ronghe.audit.queries import list_history
from ronghe.common.access import access, require
from ronghe.common.calendar import today
from ronghe.common.forms import posted_version
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.org.standing import standing_of


@access(permissions.may_read)
def list_all(request: HttpRequest) -> HttpResponse:
    """Show what waits for the user, then the rounds."""
    form = CycleFilter(request.GET)
    kind = form.cleaned_data.get("kind", "") if form.is_valid() else ""
    page = paginate(request, list_cycles(request.user, kind=kind))
    outcomes = list_own_outcomes(request.user)
    context = {
        "form": form,
        "page": page,
        "lines": describe_cycles(page.object_list),
        "own": list_own_steps(request.user, outcomes),
        "past": [one for one in outcomes if one.report.cycle.state in PAST],
        "may_organise": permissions.may_organise(request.user),
        "may_templates": permissions.is_in_area(request.user),
    }
    return render(request, "appraisal/list.html", context)


@access(permissions.may_organise)
@submit_once
def open_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a round by a template."""
    template = get_object_or_404(Template.objects.visible_to(request.user), pk=pk)
    require(permissions.may_organise, request.user, template)
    initial = {"period": propose_period(template.rhythm, today()), "report_due": today() + timedelta(days=template.report_days)}
    form = OpenForm(request.POST or None, initial=initial)
    made: list[Cycle] = []
    response = take_step(
        request,
        form,
        lambda values: made.append(open_cycle(template, by=request.user, **values)),
        done=_("已发起,述职人已收到待办。"),
        back=reverse("appraisal:list"),
        heading=_("发起%(name)s") % {"name": template.name},
        note=template.basis,
    )
    return redirect("appraisal:cycle", pk=made[0].pk) if made else response


@access(permissions.may_read)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one round: where it is, what comes next for this reader, who reported, how many judged, and what may be known of the result."""
    cycle = get_cycle(request, pk)
    user, me = request.user, standing_of(request.user).person_id
    keeps = permissions.is_reader(user, cycle)
    signs = permissions.is_signer(user)
    judged = cycle.state == Cycle.State.BALLOTING
    own = Report.objects.filter(cycle=cycle, person_id=me or 0).first()
    context = {
        "cycle": cycle,
        "light": read_light(cycle, today()),
        "tone": TONES[cycle.state],
        "stages": detail.list_stages(cycle),
        "reports": detail.list_reports(cycle, user),
        "keeps": keeps,
        "own": own,
        "own_outcome": Outcome.objects.visible_to(user).filter(report=own, current=True).first() if own else None,
        "judge": Judge.objects.filter(cycle=cycle, person_id=me or 0).first() if judged else None,
        "turnout": detail.count_turnout(cycle) if judged and keeps else None,
        "outcomes": detail.list_outcomes(cycle, user) if cycle.state in ("shown", "signed", "published") and (keeps or signs) else [],
        "signatures": detail.list_signatures(cycle) if cycle.state in ("shown", "signed", "published") else [],
        "published": detail.list_published(cycle, user),
        "code_groups": [one for one in cycle.template.judges if one["who"] == "delegates"] if judged else [],
        "may_organise": permissions.may_organise(user, cycle),
        "may_give": cycle.state == "counted" and cycle.given_by_id is None and permissions.may_give_counts(user, cycle),
        "may_sign": cycle.state == "shown" and permissions.may_sign(user, cycle),
        "may_export": keeps and cycle.state in ("shown", "signed", "published"),
        # who judged when is in the audit; on a page it would stand beside an open ballot
        "history": [entry for entry in list_history(cycle) if entry.what != VOTED] if keeps else [],
        "once": new_key(),
    }
    return render(request, "appraisal/cycle.html", context)


@require_POST
@access(permissions.may_organise)
@submit_once
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a round in which nobody judges."""
    cycle = get_cycle(request, pk)
    end_cycle(cycle, by=request.user, version=posted_version(request))
    messages.success(request, _("本轮已结束。"))
    return redirect("appraisal:cycle", pk=pk)


@access(permissions.may_organise)
@submit_once
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a round up before it is counted."""
    cycle = get_cycle(request, pk)
    require(permissions.may_organise, request.user, cycle)
    return step_of(
        request,
        cycle,
        ReasonForm(request.POST or None),
        lambda values: drop_cycle(cycle, by=request.user, version=posted_version(request), **values),
        done=_("本轮已取消,已投的票没有计数就销毁。"),
        heading=_("取消%(title)s") % {"title": cycle.title},
        note=_("已投的票会不计数就销毁,不能恢复。"),
    )


@access(permissions.may_organise)
@submit_once
def start_ballots(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the ballots."""
    cycle = get_cycle(request, pk)
    require(permissions.may_organise, request.user, cycle)
    form = BallotDueForm(request.POST or None, initial={"due": today() + timedelta(days=cycle.template.ballot_days)})
    return step_of(
        request,
        cycle,
        form,
        lambda values: open_ballots(cycle, by=request.user, version=posted_version(request), **values),
        done=_("测评已开始,评议人已收到待办。"),
        heading=_("开始民主测评"),
        note=_("匿名组的票是密封的计数,计票前谁都看不到;计票后票数合并到五张以上才出结果。"),
    )


@require_POST
@access(permissions.may_organise)
@submit_once
def count(request: HttpRequest, pk: int) -> HttpResponse:
    """Count the ballots."""
    cycle = get_cycle(request, pk)
    count_ballots(cycle, by=request.user, version=posted_version(request))
    messages.success(request, _("已计票,票箱的密钥已销毁。"))
    return redirect("appraisal:cycle", pk=pk)


def step_of(request: HttpRequest, cycle: Cycle, form: Any, act: Any, *, done: str, heading: str, note: str = "") -> HttpResponse:
    return take_step(
        request, form, act, done=done, back=reverse("appraisal:cycle", args=[cycle.pk]), heading=heading, version=cycle.version, note=note
    )
