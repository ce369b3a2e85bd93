"""Writing the guides: taking over a pack, changing an item from a month on, retiring what is not needed."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from ronghe.audit.actions import diff, record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.org.models import Unit
from ronghe.worklist.models import Guide, GuideItem
from ronghe.worklist.packs import GuidePack, list_guide_packs
from ronghe.worklist.permissions import may_keep_guides
from ronghe.worklist.rules.recurrence import BadRule, add_months, check_rule, name_month, read_month
from ronghe.worklist.sources import list_feeds

TEXTS = ("category", "name", "what", "steps", "rule", "shift", "asks", "feeds", "basis")


@action
def adopt_guide(area: Unit, code: str, *, by: Any, month: str = "") -> Guide:
    """Copy a pack's guide into the area; from then on it is the area's own. It holds from the first of this month."""
    require(may_keep_guides, by, area)
    pack = next((one for one in list_guide_packs() if one.code == code), None)
    if pack is None:
        raise Refused(_("没有这份指南。"))
    if Guide.objects.filter(area=area, code=code).exists():
        raise Refused(_("这份指南已经采用,请直接修改。"))
    first, _end = read_month(month or name_month(today()))
    guide = copy_pack(area, pack, first)
    record(by=by, verb="采用工作指南", obj=guide, area_id=area.pk, note=_("%(n)d 项,自 %(day)s 起") % {"n": len(pack.items), "day": first})
    return guide


def copy_pack(area: Unit, pack: GuidePack, first: date) -> Guide:
    order = Guide.objects.filter(area=area).count()
    guide = Guide.objects.create(area=area, code=pack.code, title=pack.title, kind=pack.kind, basis=pack.basis, order=order)
    names = {feed.code: feed.name for feed in list_feeds(area.pk)}
    rows = []
    for number, item in enumerate(pack.items):
        feeds = item.get("feeds", "")
        rows.append(
            GuideItem(
                guide=guide,
                code=item["code"],
                category=item["category"],
                name=item["name"],
                what=item["what"],
                steps="\n".join(item["steps"]),
                rule=check_rule(item["rule"]),
                shift=item.get("shift", GuideItem.Shift.AFTER),
                asks=item.get("asks", "none"),
                feeds=feeds,
                feeds_name=names.get(feeds, item.get("feeds_name", "")),
                basis=item["basis"],
                order=number,
                valid_from=first,
                version=1,
            )
        )
    GuideItem.objects.bulk_create(rows)
    return guide


@action
def add_guide(area: Unit, *, title: str, kind: str, basis: str, by: Any) -> Guide:
    """Begin an own guide for one kind of post."""
    require(may_keep_guides, by, area)
    code = f"own-{Guide.objects.filter(area=area).count() + 1}"
    guide = Guide.objects.create(area=area, code=code, title=title, kind=kind, basis=basis, order=99)
    record(by=by, verb="新建工作指南", obj=guide, area_id=area.pk)
    return guide


@action
def save_item(
    guide: Guide, *, values: dict[str, Any], month: str, reason: str, by: Any, code: str = "", version: int | None = None
) -> GuideItem:
    """Save an item from a month on: a new one, or the next version of `code`. What the present version asked until then stays as it was."""
    guide = lock_row(guide)
    require(may_keep_guides, by, guide)
    if guide.retired_on is not None:
        raise Refused(_("这份指南已经停用。"))
    units = list(values.get("units") or [])
    texts = clean_item(guide, values, units)
    old = find_latest(guide, code) if code else None
    if old is not None and version is not None:
        lock_row(old, version=version)
    first = check_start(month, new=old is None)
    if old is not None and not reason.strip():
        raise ValidationError({"reason": _("请写明为什么修改。")})
    order = old.order if old else (guide.items.aggregate(top=Max("order"))["top"] or 0) + 1
    item = GuideItem.objects.create(
        guide=guide,
        code=code or f"own-{guide.edition}-{order}",
        number=old.number + 1 if old else 1,
        order=order,
        valid_from=first,
        reason=reason.strip()[:200],
        **texts,
    )
    item.units.set(units)
    changes = diff(old, texts) if old is not None else {}
    if old is not None:
        end_item(old, first)
    guide.edition += 1
    guide.save()
    verb = "修改指南事项" if old is not None else "新增指南事项"
    record(by=by, verb=verb, obj=guide, area_id=guide.area_id, note=f"{item.name}(自 {first} 起){item.reason}", changes=changes)
    return item


def clean_item(guide: Guide, values: dict[str, Any], units: list[Unit]) -> dict[str, Any]:
    """Return an item's fields, checked: the three questions are answered, the rule is one, what it serves exists."""
    texts = {name: str(values.get(name) or "").strip() for name in TEXTS}
    for name in ("category", "name", "what", "steps", "basis"):
        if not texts[name]:
            raise ValidationError({name: _("这一栏必填。")})
    try:
        texts["rule"] = check_rule(texts["rule"])
    except BadRule as problem:
        raise ValidationError({"every": str(problem)}) from problem
    if any(unit.area_id != guide.area_id for unit in units):
        raise ValidationError({"units": _("只能选本管理区的单位。")})
    names = {feed.code: feed.name for feed in list_feeds(guide.area_id)}
    if texts["feeds"] and texts["feeds"] not in names:
        raise ValidationError({"feeds": _("请从列表中选一项。")})
    texts["feeds_name"] = names.get(texts["feeds"], "")
    return texts


def check_start(month: str, *, new: bool) -> date:
    """Return the first day of the month from which a change holds: a month that people are in the middle of is not changed under them."""
    try:
        first, _end = read_month(month)
    except BadRule as problem:
        raise ValidationError({"month": str(problem)}) from problem
    earliest = name_month(today()) if new else add_months(name_month(today()), 1)
    if month < earliest:
        raise ValidationError({"month": _("修改从下个月起执行,本月已经发给各人的任务不变。")})
    return first


def find_latest(guide: Guide, code: str) -> GuideItem:
    """Return the newest version of an item that has not been ended."""
    item = guide.items.filter(code=code).order_by("-number").first()
    if item is None:
        raise Refused(_("没有这个事项。"))
    if item.valid_to is not None:
        raise Refused(_("这个事项已经停用。"))
    return item


def end_item(item: GuideItem, first: date) -> None:
    """End a version on the day before the next; a version that had not begun by then never holds."""
    item.valid_to = first - timedelta(days=1)
    item.save()


@action
def retire_item(guide: Guide, code: str, *, month: str, reason: str, by: Any) -> GuideItem:
    """Stop an item from a month on: what nobody uses is no longer asked."""
    guide = lock_row(guide)
    require(may_keep_guides, by, guide)
    item = find_latest(guide, code)
    first = check_start(month, new=False)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明为什么停用。")})
    item.reason = reason.strip()[:200]
    end_item(item, first)
    guide.edition += 1
    guide.save()
    record(by=by, verb="停用指南事项", obj=guide, area_id=guide.area_id, note=f"{item.name}(自 {first} 起){item.reason}")
    return item


@action
def retire_guide(guide: Guide, *, reason: str, by: Any, version: int | None = None) -> Guide:
    """Stop a whole guide at the end of this month."""
    guide = lock_row(guide, version=version)
    require(may_keep_guides, by, guide)
    if guide.retired_on is not None:
        raise Refused(_("这份指南已经停用。"))
    if not reason.strip():
        raise ValidationError({"reason": _("请写明为什么停用。")})
    guide.retired_on = read_month(name_month(today()))[1]
    guide.save()
    record(by=by, verb="停用工作指南", obj=guide, area_id=guide.area_id, note=reason)
    return guide


@action
def edit_guide(guide: Guide, *, title: str, basis: str, by: Any, version: int | None = None) -> Guide:
    """Name and basis of a guide."""
    guide = lock_row(guide, version=version)
    require(may_keep_guides, by, guide)
    changes = diff(guide, {"title": title, "basis": basis})
    guide.title, guide.basis = title, basis
    guide.save()
    record(by=by, verb="修改工作指南", obj=guide, area_id=guide.area_id, changes=changes)
    return guide
