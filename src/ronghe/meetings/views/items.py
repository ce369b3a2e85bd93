"""The backlog, and an item's page: the one that a presider holds in the hand."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.audit.queries import list_history
from ronghe.common.access import access, require
from ronghe.common.forms import read_version
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.common.registry import find_link
from ronghe.meetings import permissions
from ronghe.meetings.actions import agenda
from ronghe.meetings.forms import BacklogForm, BallotForm, ItemForm, MaterialForm, ReasonForm
from ronghe.meetings.models import Item, Kind, Voted
from ronghe.meetings.queries import detail
from ronghe.meetings.queries.home import list_ballots
from ronghe.meetings.queries.lists import ITEM_TONES
from ronghe.meetings.rules.quorum import VOTES
from ronghe.meetings.views.lists import list_own_kinds, list_own_units
from ronghe.meetings.views.steps import get_item, home_area, list_people, show_item_head, take_step
from ronghe.org.standing import standing_of


def page_of(pk: int) -> str:
    return reverse("meetings:item", args=[pk])


@access(permissions.may_propose)
def list_backlog(request: HttpRequest) -> HttpResponse:
    """Show what waits for a meeting."""
    rows = Item.objects.visible_to(request.user).waiting().select_related("unit", "proposed_by").order_by("wanted_by", "id")
    page = paginate(request, rows)
    kinds = dict(Kind.objects.filter(area_id__in=standing_of(request.user).readable_areas).values_list("code", "name"))
    return render(
        request, "meetings/backlog.html", {"page": page, "lines": [(item, kinds.get(item.kind_code, "")) for item in page.object_list]}
    )


@access(permissions.may_propose)
@submit_once
def new_item(request: HttpRequest) -> HttpResponse:
    """Put an item into the backlog."""
    area = home_area(request)
    form = BacklogForm(
        request.POST or None, people=list_people(area.pk), kinds=list_own_kinds(request, area), units=list_own_units(request, area)
    )
    return take_step(
        request,
        form,
        lambda values: agenda.propose_item(by=request.user, **values),
        done=_("已放进议题库。"),
        back=reverse("meetings:backlog"),
        heading=_("提出议题"),
        head={},
        button=_("提出"),
    )


@access(permissions.is_in_area)
def show_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an item: what was said, how it was decided, what follows; for presider and recorder the next step."""
    item = get_item(request, pk)
    meeting = item.meeting
    ballots = list_ballots(request.user)
    voting = item.state == Item.State.VOTING
    me = standing_of(request.user).person_id
    context = {
        **show_item_head(item),
        "tone": ITEM_TONES[item.state],
        "speakers": detail.list_speakers(item),
        "files": detail.list_files(item),
        "assignments": item.assignments.select_related("owner"),
        "origin_url": find_link(item.origin_label, item.origin_id) if item.origin_id else "",
        "runs": meeting is not None and meeting.state in ("open", "closed") and permissions.may_run(request.user, meeting),
        "may_recuse": meeting is not None and item.state in ("listed", "open") and permissions.may_attend(request.user, meeting),
        "may_keep": item.state in ("waiting", "listed") and permissions.may_keep_item(request.user, item),
        "may_withdraw": item.state == "waiting" and not agenda.is_ratification(item),
        "may_vote": ballots is not None and ballots.filter(pk=item.pk).exists(),
        "has_voted": voting and me is not None and Voted.objects.filter(item=item, person_id=me).exists(),
        "voted": detail.count_voted(item) if voting and item.form == "secret" else None,
        "ballot": BallotForm(),
        "quorum": detail.describe_quorum(item),
        "bar": detail.find_bar(item),
        "votes": VOTES.items(),
        "history": list_history(item),
        "once": new_key(),
    }
    return render(request, "meetings/item.html", context)


@access(permissions.may_keep_item)
@submit_once
def edit_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what an item says."""
    item = get_item(request, pk)
    require(permissions.may_keep_item, request.user, item)
    names = ("title", "matter_class", "text", "proposal")
    initial = {**{name: getattr(item, name) for name in names}, "reporter": str(item.reporter_id or "")}
    form = ItemForm(request.POST or None, people=list_people(item.area_id), initial=initial)

    def act(values: dict[str, Any]) -> None:
        agenda.change_item(item, values, by=request.user, version=read_version(request))

    return take_step(request, form, act, done=_("已保存。"), back=page_of(pk), heading=_("修改议题"), head=show_item_head(item))


@access(permissions.is_in_area)
@submit_once
def add_material(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach a paper."""
    item = get_item(request, pk)

    def act(values: dict[str, Any]) -> None:
        agenda.add_material(item, name=values["file"].name, data=values["file"].read(), by=request.user)

    form = MaterialForm(request.POST or None, request.FILES or None)
    return take_step(request, form, act, done=_("材料已上传。"), back=page_of(pk), heading=_("上传材料"), head=show_item_head(item))


@access(permissions.may_keep_item)
@submit_once
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an item out of the backlog."""
    item = get_item(request, pk)
    require(permissions.may_keep_item, request.user, item)
    return take_step(
        request,
        ReasonForm(request.POST or None),
        lambda values: agenda.withdraw_item(item, by=request.user, **values),
        done=_("议题已撤回。"),
        back=page_of(pk),
        heading=_("撤回议题"),
        head=show_item_head(item),
    )


@require_POST
@access(permissions.may_prepare)
@submit_once
def unlist(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an item off an agenda."""
    item = get_item(request, pk)
    agenda.unlist_item(item, by=request.user)
    messages.success(request, _("已移回议题库。"))
    return redirect("meetings:backlog")
