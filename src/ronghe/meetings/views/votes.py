"""Item by item: taking up, recusal, opinions, the vote, the ballot on one's own phone, owners and dates."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from ronghe.common.access import access, require
from ronghe.common.once import submit_once
from ronghe.meetings import permissions
from ronghe.meetings.actions import ballots, follow, room
from ronghe.meetings.actions import votes as voting
from ronghe.meetings.forms import (
    AssignForm,
    BallotForm,
    BeginForm,
    CountForm,
    NamedVoteForm,
    NoteForm,
    PaperForm,
    ReasonForm,
    RecuseForm,
    SpeakForm,
)
from ronghe.meetings.models import Item, Meeting
from ronghe.meetings.queries import detail
from ronghe.meetings.rules.quorum import Tally
from ronghe.meetings.views.steps import get_item, list_people, list_roll_people, show_item_head, take_step


def page_of(pk: int) -> str:
    return reverse("meetings:item", args=[pk])


def get_run(request: HttpRequest, pk: int) -> tuple[Item, Meeting]:
    """Fetch an item of a meeting that the user leads or records; 403 for whoever doesn't."""
    item = get_item(request, pk)
    meeting = item.meeting
    require(lambda user, row: row is not None and permissions.may_run(user, row), request.user, meeting)
    assert meeting is not None
    return item, meeting


@require_POST
@access(permissions.may_run)
@submit_once
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Take up the item."""
    item, _meeting = get_run(request, pk)
    room.take_up_item(item, by=request.user)
    return redirect("meetings:item", pk=pk)


@access(permissions.may_attend)
@submit_once
def recuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a recusal: one's own, or as presider or recorder another's."""
    item = get_item(request, pk)
    meeting = item.meeting
    people = list_roll_people(meeting) if meeting is not None and permissions.may_run(request.user, meeting) else []

    def act(values: dict[str, Any]) -> None:
        person = values["person"] or request.user.person  # type: ignore[union-attr]
        room.recuse(item, person, reason=values["reason"], by=request.user)

    form = RecuseForm(request.POST or None, people=people)
    return take_step(request, form, act, done=_("回避已登记。"), back=page_of(pk), heading=_("登记回避"), head=show_item_head(item))


@access(permissions.may_run)
@submit_once
def speak(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what people say; the head's line opens when all others have been heard."""
    item, _meeting = get_run(request, pk)
    form = SpeakForm(request.POST or None, lines=[line for line in detail.list_speakers(item) if not line.recused])
    return take_step(
        request, form, lambda values: room.speak(item, form.read(), by=request.user), done=_("意见已记录。"), back=page_of(pk),
        heading=_("记录意见"), head=show_item_head(item), button=_("保存意见"),
    )  # fmt: skip


@access(permissions.may_run)
@submit_once
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an item that is only heard."""
    item, _meeting = get_run(request, pk)
    return take_step(
        request,
        NoteForm(request.POST or None),
        lambda values: room.note_item(item, by=request.user, **values),
        done=_("已记录结果。"),
        back=page_of(pk),
        heading=_("记录结果"),
        head=show_item_head(item),
    )


@access(permissions.may_run)
@submit_once
def defer(request: HttpRequest, pk: int) -> HttpResponse:
    """暂缓."""
    item, _meeting = get_run(request, pk)
    return take_step(
        request,
        ReasonForm(request.POST or None),
        lambda values: room.defer_item(item, by=request.user, **values),
        done=_("已暂缓,议题回到议题库。"),
        back=page_of(pk),
        heading=_("暂缓"),
        head=show_item_head(item),
    )


@access(permissions.may_run)
@submit_once
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the vote."""
    item, meeting = get_run(request, pk)
    quorum = meeting.kind.quorums.filter(matter_class=item.matter_class).first()
    form = BeginForm(request.POST or None, forms_allowed=quorum.forms if quorum else [], initial={"proposal": item.proposal})
    return take_step(
        request,
        form,
        lambda values: voting.begin_vote(item, by=request.user, **values),
        done=_("表决开始,出席和回避不再变动。"),
        back=page_of(pk),
        heading=_("开始表决"),
        head={**show_item_head(item), "rule": quorum},
    )


@access(permissions.may_run)
@submit_once
def break_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare the vote void."""
    item, _meeting = get_run(request, pk)
    return take_step(
        request,
        ReasonForm(request.POST or None),
        lambda values: voting.break_vote(item, by=request.user, **values),
        done=_("这次表决已作废,可以重新表决。"),
        back=page_of(pk),
        heading=_("表决作废"),
        head=show_item_head(item),
    )


@access(permissions.may_run)
@submit_once
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the vote: by name in a small body, by count in a large one, by the urn or the tellers where it is secret."""
    item, meeting = get_run(request, pk)
    if item.form != "secret" and meeting.kind.by_name:
        return close_named(request, item)
    if item.form == "secret" and not item.on_paper:
        if request.method == "POST":
            voting.close_ballot(item, by=request.user)
        return redirect("meetings:item", pk=pk)
    form = (PaperForm if item.on_paper else CountForm)(request.POST or None)

    def act(values: dict[str, Any]) -> None:
        tally = Tally(values["yes"], values["no"], values["abstain"])
        if item.on_paper:
            voting.close_paper_vote(item, tally, tellers=values["tellers"], by=request.user)
        else:
            voting.close_counted_vote(item, tally, by=request.user)

    return take_step(request, form, act, done=_("结果已登记。"), back=page_of(pk), heading=_("登记票数"), head=show_item_head(item))


def close_named(request: HttpRequest, item: Item) -> HttpResponse:
    """Register each one's vote. Nothing stands chosen: a vote is written down, not assumed."""
    form = NamedVoteForm(request.POST or None, lines=[line for line in detail.list_speakers(item) if line.votes and not line.recused])
    return take_step(
        request, form, lambda values: voting.close_named_vote(item, form.read(), by=request.user), done=_("结果已登记。"),
        back=page_of(item.pk), heading=_("逐人登记表决"), head=show_item_head(item), button=_("登记结果"),
    )  # fmt: skip


@sensitive_post_parameters("choice")
@require_POST
@access(permissions.may_attend)
@submit_once
def cast(request: HttpRequest, pk: int) -> HttpResponse:
    """Cast one's vote. The answer says only that it was cast."""
    item = get_item(request, pk)
    form = BallotForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请选择同意、不同意或弃权。"))
    else:
        ballots.cast_ballot(item, form.cleaned_data["choice"], by=request.user)
        messages.success(request, _("已投票。没有任何记录能看出您投的是什么。"))
    return redirect("meetings:item", pk=pk)


@access(permissions.may_run)
@submit_once
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Name owner and date."""
    item, _meeting = get_run(request, pk)
    return take_step(
        request,
        AssignForm(request.POST or None, people=list_people(item.area_id)),
        lambda values: follow.assign(item, by=request.user, **values),
        done=_("已分派,进了责任人的待办。"),
        back=page_of(pk),
        heading=_("分派落实"),
        head=show_item_head(item),
    )
