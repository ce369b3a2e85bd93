"""Writes over 赛道: which there are, and which unit runs in which from when to when."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import diff, record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.org.models import Track, TrackPlace, Unit
from ronghe.org.permissions import is_system_admin
from ronghe.org.rules import is_code


@action
def add_track(area: Unit, *, code: str, name: str, by: Any) -> Track:
    """Add a track to an area. Schemes and indicators know it by its code, which never changes."""
    area = lock_row(area)
    require(is_system_admin, by, area)
    if not is_code(code):
        raise ValidationError({"code": _("编码只用字母、数字、- 和 _,以字母或数字开头。")})
    check_track(area.pk, code=code, name=name)
    track = Track.objects.create(area=area, code=code, name=name, order=Track.objects.filter(area=area).count() + 1)
    record(by=by, verb="设立赛道", obj=track, area_id=area.pk, changes={"code": [None, code]})
    return track


def check_track(area_id: int, *, name: str, code: str = "", but: int | None = None) -> None:
    """Raise ValidationError where another track of the area has the code or the name."""
    others = Track.objects.filter(area_id=area_id).exclude(pk=but or 0)
    if code and others.filter(code=code).exists():
        raise ValidationError({"code": _("编码 %(code)s 已有赛道使用。") % {"code": code}})
    if others.filter(name=name).exists():
        raise ValidationError({"name": _("已有名为“%(name)s”的赛道。") % {"name": name}})


@action
def change_track(track: Track, *, name: str, order: int, by: Any, version: int | None = None) -> Track:
    """Rename or reorder a track."""
    track = lock_row(track, version=version)
    require(is_system_admin, by, track)
    check_track(track.area_id, name=name, but=track.pk)
    changes = diff(track, {"name": name, "order": order})
    track.name, track.order = name, order
    track.save()
    if changes:
        record(by=by, verb="修改赛道", obj=track, area_id=track.area_id, changes=changes)
    return track


@action
def place_unit(unit: Unit, track: Track, *, valid_from: date, by: Any, version: int | None = None) -> TrackPlace:
    """Let a unit run in a track from a day on; the place that it had ends the day before."""
    unit = lock_row(unit, version=version)
    require(is_system_admin, by, unit)
    if track.area_id != unit.area_id:
        raise ValidationError({"track": _("赛道须属于本管理区。")})
    if unit.kind not in (Unit.Kind.STATION, Unit.Kind.OFFICE) or unit.closed_on is not None:
        raise Refused(_("只有在设的班站和组室可以参加赛道。"))
    later = TrackPlace.objects.filter(unit=unit, valid_from__gte=valid_from).order_by("valid_from").first()
    if later is not None:
        raise ValidationError({"valid_from": _("%(day)s 起已另有安排,起日须晚于它。") % {"day": later.valid_from}})
    former = TrackPlace.objects.on(valid_from).filter(unit=unit).select_related("track").first()
    if former is not None and former.track_id == track.pk:
        raise ValidationError({"track": _("“%(unit)s”这一天已在“%(track)s”赛道。") % {"unit": unit.name, "track": track.name}})
    if former is not None:
        former.valid_to = valid_from - timedelta(days=1)
        former.save()
    row = TrackPlace.objects.create(unit=unit, track=track, valid_from=valid_from)
    unit.save()
    record(
        by=by,
        verb="安排赛道",
        obj=unit,
        area_id=unit.area_id,
        note=f"自 {valid_from} 起",
        changes={"赛道": [former.track.name if former else None, track.name]},
    )
    return row


@action
def end_place(unit: Unit, *, last_day: date, by: Any, version: int | None = None) -> None:
    """Take a unit out of its track after a day; from then on it is not ranked."""
    unit = lock_row(unit, version=version)
    require(is_system_admin, by, unit)
    for row in TrackPlace.objects.between(last_day, date.max).filter(unit=unit).select_related("track"):
        if row.valid_from > last_day:
            raise ValidationError(
                {"last_day": _("不能早于参加“%(track)s”的起日 %(day)s。") % {"track": row.track.name, "day": row.valid_from}}
            )
        if row.valid_to is not None and row.valid_to <= last_day:
            continue
        row.valid_to = last_day
        row.save()
        unit.save()
        record(by=by, verb="退出赛道", obj=unit, area_id=unit.area_id, note=f"{row.track.name},至 {last_day} 止")
