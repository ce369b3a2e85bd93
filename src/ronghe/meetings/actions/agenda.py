"""The backlog and the agenda: what waits for a meeting, what comes on its agenda and when that is shut."""

from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max
from django.utils.translation import gettext as _

from ronghe.audit.actions import diff, record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.common.registry import AgendaOffer
from ronghe.documents.actions import attach
from ronghe.meetings.actions.steps import lock_meeting, person_of, require_still
from ronghe.meetings.models import Item, Kind, Meeting, Urgent
from ronghe.meetings.permissions import may_keep_item, may_prepare, may_propose, may_run
from ronghe.meetings.rules.order import find_bar_to_listing
from ronghe.org.models import Person, Unit

LIVE = (Item.State.WAITING, Item.State.LISTED, Item.State.OPEN, Item.State.VOTING)


@action
def propose_item(
    kind: Kind,
    unit: Unit,
    *,
    title: str,
    by: Any,
    matter_class: str = "ordinary",
    text: str = "",
    proposal: str = "",
    reporter: Person | None = None,
    wanted_by: date | None = None,
    origin: models.Model | None = None,
) -> Item:
    """Put an item into the backlog of a kind of meeting. `origin` names the object that brings it; one live item stands for one origin."""
    item = Item(area_id=kind.area_id, unit=unit, kind_code=kind.code)
    require(may_propose, by, item)
    return write_item(
        item, kind, title=title, matter_class=matter_class, text=text, proposal=proposal, reporter=reporter, wanted_by=wanted_by,
        origin=origin, by=by,
    )  # fmt: skip


def write_item(
    item: Item, kind: Kind, *, title: str, matter_class: str, text: str, proposal: str, reporter: Person | None, wanted_by: date | None,
    origin: models.Model | None, by: Any,
) -> Item:  # fmt: skip
    """Write an item into the backlog. Part of the caller's action, which has asked whether it may."""
    check_class(kind, matter_class)
    if not title.strip():
        raise ValidationError({"title": _("请写明议题。")})
    if origin is not None:
        item.origin_type, item.origin_id = ContentType.objects.get_for_model(origin), origin.pk
        item.origin_name = str(origin)[:200]
        live = Item.objects.filter(kind_code=kind.code, origin_type=item.origin_type, origin_id=origin.pk, state__in=LIVE).first()
        if live is not None:
            return live
    item.title, item.matter_class, item.text, item.proposal = title.strip(), matter_class, text.strip(), proposal.strip()
    item.reporter, item.wanted_by, item.proposed_by = reporter, wanted_by, person_of(by)
    item.save()
    record(by=by, verb="提出议题", obj=item, area_id=item.area_id, note=f"{kind.name} · {item.get_matter_class_display()}")
    return item


def check_class(kind: Kind, matter_class: str) -> None:
    """Raise ValidationError where the kind decides nothing of this class."""
    if matter_class != "info" and not kind.quorums.filter(matter_class=matter_class).exists():
        raise ValidationError({"matter_class": _("“%(kind)s”没有这类事项的法定人数规定,不能表决这类事项。") % {"kind": kind.name}})


@action
def change_item(item: Item, values: dict[str, Any], *, by: Any, version: int | None = None) -> Item:
    """Change what an item says, until the notice of its meeting is out."""
    item = lock_row(item, version=version)
    require(may_keep_item, by, item)
    require_editable(item)
    kind = item.meeting.kind if item.meeting else find_kind(item.area_id, item.kind_code)
    check_class(kind, values.get("matter_class", item.matter_class))
    changes = diff(item, values)
    for name, value in values.items():
        setattr(item, name, value)
    item.save()
    if changes:
        record(by=by, verb="修改议题", obj=item, area_id=item.area_id, changes=changes)
    return item


def require_editable(item: Item) -> None:
    """Raise Refused once everybody has the item in hand."""
    noticed = item.meeting is not None and item.meeting.state != Meeting.State.PLANNED
    if item.state not in (Item.State.WAITING, Item.State.LISTED) or (item.state == Item.State.LISTED and noticed):
        raise Refused(_("会议通知已发或议题已上会,内容不能再改。"))


def find_kind(area_id: int, code: str, day: date | None = None) -> Kind:
    """Return the edition of a kind in force. Raises Refused where the area has none."""
    kind = Kind.objects.on(day or today()).filter(area_id=area_id, code=code).first()
    if kind is None:
        raise Refused(_("本管理区没有现行的这类会议。"))
    return kind


def is_ratification(item: Item) -> bool:
    """Tell whether an item is there to ratify an urgent decision."""
    if item.origin_label == "meetings.urgent":
        return True
    about = Urgent.objects.filter(origin_type_id=item.origin_type_id, origin_id=item.origin_id, state=Urgent.State.OPEN)
    return item.origin_id is not None and about.exists()


@action
def withdraw_item(item: Item, *, reason: str, by: Any) -> Item:
    """Take an item out of the backlog: it needs no meeting any more. An urgent decision's ratification cannot be withdrawn."""
    item = lock_row(item)
    require(may_keep_item, by, item)
    if is_ratification(item):
        raise Refused(_("紧急决定必须上会追认,不能撤回。"))
    if not reason.strip():
        raise ValidationError({"reason": _("请写明撤回的原因。")})
    item.withdraw()
    item.save()
    record(by=by, verb="撤回议题", obj=item, area_id=item.area_id, note=reason.strip())
    return item


def drop_items(origin: models.Model, *, note: str, by: Any) -> None:
    """Take out of backlog and agenda what an origin had waiting and needs no meeting any more. Part of the caller's action."""
    kind = ContentType.objects.get_for_model(origin)
    for item in Item.objects.select_for_update().filter(
        origin_type=kind, origin_id=origin.pk, state__in=(Item.State.WAITING, Item.State.LISTED)
    ):
        if item.state == Item.State.LISTED:
            item.put_back()
            item.meeting = None
        item.withdraw()
        item.save()
        record(by=by, verb="撤回议题", obj=item, area_id=item.area_id, note=note)


def is_in_room(origin: models.Model) -> bool:
    """Tell whether a meeting has taken up what an origin brought and has not resolved on it yet."""
    kind = ContentType.objects.get_for_model(origin)
    return Item.objects.filter(origin_type=kind, origin_id=origin.pk, state__in=(Item.State.OPEN, Item.State.VOTING)).exists()


@action
def list_item(item: Item, meeting: Meeting, *, by: Any) -> Item:
    """Put an item from the backlog on a meeting's agenda, as long as the agenda is not shut."""
    meeting = lock_meeting(meeting)
    item = lock_row(item)
    require(may_prepare, by, meeting)
    check_listing(meeting)
    if (item.area_id, item.kind_code) != (meeting.area_id, meeting.kind_code) or (
        meeting.kind.is_small and item.unit_id != meeting.unit_id
    ):
        raise Refused(_("这个议题不上这类会议。"))
    check_class(meeting.kind, item.matter_class)
    item.enlist()
    item.meeting, item.position = meeting, next_position(meeting)
    item.save()
    record(by=by, verb="列入议程", obj=item, area_id=item.area_id, note=meeting.title)
    return item


def check_listing(meeting: Meeting) -> None:
    """Raise Refused where the agenda is shut."""
    kind = meeting.kind
    bar = find_bar_to_listing(meeting.state, in_room=kind.in_room, days=kind.materials_days, held_on=meeting.held_on, day=today())
    if bar:
        raise Refused(bar)


def next_position(meeting: Meeting) -> int:
    last = Item.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


@action
def add_item(
    meeting: Meeting, *, title: str, by: Any, matter_class: str = "info", text: str = "", proposal: str = "", reporter: Person | None = None
) -> Item:
    """Write an item straight onto an agenda; in the room only where the kind allows it, and the minutes say so."""
    meeting = lock_meeting(meeting)
    require(may_run if meeting.state == Meeting.State.OPEN else may_prepare, by, meeting)
    check_listing(meeting)
    require_still(meeting)
    item = Item(area_id=meeting.area_id, unit=meeting.unit, kind_code=meeting.kind_code)
    item = write_item(
        item, meeting.kind, title=title, matter_class=matter_class, text=text, proposal=proposal, reporter=reporter, wanted_by=None,
        origin=None, by=by,
    )  # fmt: skip
    item.enlist()
    item.meeting, item.position, item.in_room = meeting, next_position(meeting), meeting.state == Meeting.State.OPEN
    item.save()
    return item


@action
def list_offer(offer: AgendaOffer, meeting: Meeting, *, by: Any) -> Item:
    """Take what another context brings onto the agenda of a meeting."""
    require(may_prepare, by, meeting)
    model: Any = apps.get_model(offer.label)
    origin = model._default_manager.get(pk=offer.pk)
    reporter = Person.objects.filter(pk=offer.reporter).first() if offer.reporter else None
    item = Item(area_id=meeting.area_id, unit=meeting.unit, kind_code=meeting.kind_code)
    item = write_item(
        item, meeting.kind, title=offer.title[:120], matter_class=offer.matter_class, text=offer.text[:4000], proposal=offer.proposal[:2000], reporter=reporter,
        wanted_by=offer.due, origin=origin, by=by,
    )  # fmt: skip
    return list_item(item, meeting, by=by)


@action
def unlist_item(item: Item, *, by: Any) -> Item:
    """Take an item off an agenda whose notice is not out, back into the backlog."""
    item = lock_row(item)
    if item.meeting is None:
        raise Refused(_("这个议题不在任何议程上。"))
    meeting = lock_meeting(item.meeting)
    require(may_prepare, by, meeting)
    if meeting.state != Meeting.State.PLANNED:
        raise Refused(_("会议通知已发,要撤下议题请先收回通知。"))
    item.put_back()
    item.meeting = None
    item.save()
    record(by=by, verb="移出议程", obj=item, area_id=item.area_id, note=meeting.title)
    return item


@action
def add_material(item: Item, *, name: str, data: bytes, by: Any) -> None:
    """Attach a paper to an item before its meeting takes it up."""
    item = lock_row(item)
    require(may_keep_item if item.meeting is None else may_prepare, by, item.meeting or item)
    if item.state not in (Item.State.WAITING, Item.State.LISTED):
        raise Refused(_("议题已上会,不能再加材料。"))
    attach(item, data=data, name=name, by=by, area_id=item.area_id, purpose="会议材料")
