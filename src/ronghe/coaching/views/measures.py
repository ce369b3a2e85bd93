"""Proposals and measures: the list, one proposal, one measure with its next steps."""

from datetime import timedelta
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.audit.queries import list_history
from ronghe.coaching import permissions
from ronghe.coaching.actions import measures as write
from ronghe.coaching.actions import proposals
from ronghe.coaching.forms import measures as forms
from ronghe.coaching.models import Kind, Measure, Proposal
from ronghe.coaching.models.kinds import DECIDERS
from ronghe.coaching.queries import lists as reading
from ronghe.coaching.queries.effects import event_of_measure, find_effect
from ronghe.coaching.rules.kinds import TALK
from ronghe.coaching.sheets import list_measures_sheet
from ronghe.coaching.views.steps import home_area, list_indicators, list_people, list_units, take_step
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import hand_out
from ronghe.common.forms import posted_version
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of

MOST_EXPORTED = 5000


def read_measures(request: HttpRequest) -> tuple[forms.MeasureFilter, Any]:
    kinds = Kind.objects.filter(area_id=home_area(request), valid_to=None).values_list("code", "name")
    seen = Measure.objects.visible_to(request.user)
    units = Unit.objects.filter(pk__in=seen.order_by().values("unit_id")).values_list("pk", "name")
    form = forms.MeasureFilter(request.GET, kinds=kinds, units=units)
    return form, reading.filter_measures(seen, form.cleaned_data if form.is_valid() else {}, request.user)


@access(permissions.is_in_area)
def list_all(request: HttpRequest) -> HttpResponse:
    """Show what waits to be decided, then the measures that the filters keep."""
    form, rows = read_measures(request)
    page, day = paginate(request, rows), today()
    context = {
        "form": form,
        "page": page,
        "lines": [reading.describe_measure(row, day) for row in page.object_list],
        "proposals": reading.list_proposals(request.user) if permissions.may_decide(request.user) else [],
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "may_decide": permissions.may_decide(request.user),
    }
    return render(request, "coaching/list.html", context)


@access(permissions.is_in_area)
def export(request: HttpRequest) -> FileResponse:
    """Hand out just what the list shows."""
    _form, rows = read_measures(request)
    day = today()
    sheet = list_measures_sheet(rows[:MOST_EXPORTED], day)
    return hand_out(request.user, what=_("措施"), sheets=[sheet], name=f"措施-{day:%Y%m%d}", area_id=home_area(request) or None)


@access(permissions.may_decide)
@submit_once
def show_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a proposal with its evidence; who may decide adopts it here."""
    rows = Proposal.objects.visible_to(request.user).select_related("kind", "unit", "person", "owner", "decided_by", "measure", "area")
    proposal = get_object_or_404(rows, pk=pk)
    is_open = proposal.state == Proposal.State.OPEN
    may = (
        is_open
        and permissions.may_decide_proposal(request.user, proposal)
        and permissions.may_decide_on(request.user, proposal.kind, proposal.unit)
    )
    people = list_people(proposal.area_id, without=proposal.person_id) if may or request.method == "POST" else []
    initial = {"due": today() + timedelta(days=proposal.kind.days), "owner": standing_of(request.user).person_id}
    return take_step(
        request, forms.AdoptForm(request.POST or None, people=people, initial=initial),
        lambda values: proposals.adopt_proposal(proposal, by=request.user, version=posted_version(request), **values),
        back=reverse("coaching:list"), done=_("已作出措施。"), heading=str(proposal), template="coaching/proposal.html",
        to=lambda measure: reverse("coaching:measure", args=[measure.pk]),
        proposal=proposal, row=reading.describe_proposal(proposal, today()), ground=reading.name_ground(proposal.ground), may=may,
        version=proposal.version, history=list_history(proposal), measure=getattr(proposal, "measure", None),
        kind=reading.describe_kind(proposal.kind),
    )  # fmt: skip


@access(permissions.may_decide)
@submit_once
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide that nothing follows."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user).select_related("kind", "unit", "person"), pk=pk)
    return take_step(
        request, forms.ReasonForm(request.POST or None),
        lambda values: proposals.dismiss_proposal(proposal, by=request.user, version=posted_version(request), **values),
        back=reverse("coaching:proposal", args=[pk]), done=_("已记下不采纳的理由。"), heading=_("不采纳这条建议"), row_title=str(proposal),
        row_lines=[proposal.text], version=proposal.version, button=_("不采纳"),
    )  # fmt: skip


@access(permissions.may_decide)
@submit_once
def new_measure(request: HttpRequest) -> HttpResponse:
    """Decide on a measure that no proposal stands for."""
    area = home_area(request)
    standing = standing_of(request.user)
    held = {kind for kind, _title in DECIDERS if standing.holds(kind, area_id=area)}
    usable = [kind.pk for kind in Kind.objects.filter(area_id=area, valid_to=None) if held & set(kind.deciders)]
    form = forms.MeasureForm(
        request.POST or None, kinds=Kind.objects.filter(pk__in=usable), units=list_units(request), people=list_people(area),
        indicators=list_indicators(area),
    )  # fmt: skip

    def act(values: dict[str, Any]) -> Measure:
        person, kind = values["person"], values["kind"]
        unit = person.unit if person else values["unit"]
        due = values["due"] or today() + timedelta(days=kind.days)
        return write.decide_measure(
            kind, unit=unit, person=person, ground=values["ground"], reason=values["reason"], owner=values["owner"], due=due,
            indicator=values["indicator"], by=request.user,
        )  # fmt: skip

    return take_step(
        request, form, act, back=reverse("coaching:list"), done=_("已作出措施。"), heading=_("作出措施"),
        to=lambda measure: reverse("coaching:measure", args=[measure.pk]),
    )  # fmt: skip


def get_measure(request: HttpRequest, pk: int) -> Measure:
    rows = reading.annotate_next(Measure.objects.visible_to(request.user)).select_related(*reading.RELATED, "area")
    return get_object_or_404(rows, pk=pk)


@access(permissions.is_in_area)
def show_measure(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one measure: what is next and by whom, the talk for whom it is for, what was seen later, whether it worked."""
    measure = get_measure(request, pk)
    user, me = request.user, standing_of(request.user).person_id
    talk = reading.find_talk(measure, user)
    inner = permissions.reads_all(user, measure) or me in (measure.person_id, measure.owner_id, measure.decided_by_id)
    context = {
        "measure": measure,
        "row": reading.describe_measure(measure, today()),
        "kind": reading.describe_kind(measure.kind),
        "talk": talk,
        "talked": talk is not None and bool(talk.problem),
        "is_talk": measure.kind.way == TALK,
        "follows": list(measure.follows.all()) if inner else [],
        "may_carry": measure.state == "open" and permissions.may_carry(user, measure),
        "may_look": measure.state == "following" and permissions.may_carry(user, measure),
        "may_drop": measure.is_live and permissions.may_drop(user, measure),
        "confirm_as": find_confirmer(measure, talk, me),
        "effect": find_effect(measure.area_id, event_of_measure(measure)) if inner else None,
        "history": list_history(measure) if inner else [],
        "inner": inner,
        "today": today(),
        "once": new_key(),
    }
    return render(request, "coaching/measure.html", context)


def find_confirmer(measure: Measure, talk: Any, me: int | None) -> str:
    """Return as whom the reader is still to confirm the record: 'person', 'owner' or ''."""
    if measure.state != Measure.State.CONFIRMING or talk is None:
        return ""
    if me == measure.person_id and talk.person_confirmed_on is None:
        return "person"
    return "owner" if me == measure.owner_id and talk.owner_confirmed_on is None else ""


def step(request: HttpRequest, pk: int, form: Any, act: Any, done: str, heading: str, **extra: Any) -> HttpResponse:
    """Carry out one step of a measure and return to its page."""
    measure = get_measure(request, pk)
    usual: dict[str, Any] = {"row_title": str(measure), "row_lines": [measure.kind.demand], "version": measure.version}
    return take_step(
        request, form, lambda values: act(measure, by=request.user, **values), back=reverse("coaching:measure", args=[pk]), done=done,
        heading=heading, **(usual | extra),
    )  # fmt: skip


@access(permissions.is_in_area)
@submit_once
def carry_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was done."""
    act = lambda measure, **values: write.carry_out_measure(measure, version=posted_version(request), **values)  # noqa: E731
    return step(request, pk, forms.ResultForm(request.POST or None), act, _("已记录。"), _("报落实情况"))


@access(permissions.is_in_area)
@submit_once
def look(request: HttpRequest, pk: int, follow: int) -> HttpResponse:
    """Say what was found at a follow-up."""
    measure = get_measure(request, pk)
    row = get_object_or_404(measure.follows.visible_to(request.user), pk=follow)
    act = lambda _measure, **values: write.look_again(row, version=posted_version(request), **values)  # noqa: E731
    return step(request, pk, forms.LookForm(request.POST or None), act, _("已记录回访。"), _("记录回访"), version=row.version)


@access(permissions.may_decide)
@submit_once
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a measure back."""
    act = lambda measure, **values: write.drop_measure(measure, version=posted_version(request), **values)  # noqa: E731
    return step(request, pk, forms.ReasonForm(request.POST or None), act, _("已撤销。"), _("撤销措施"), button=_("撤销"))
