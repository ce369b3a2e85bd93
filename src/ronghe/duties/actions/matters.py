"""Writes over the matrix: matters, their texts, who holds them. Every change has a day from which it applies; nothing is overwritten."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import diff, record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.duties.actions.findings import refresh_findings
from ronghe.duties.kinds import Field, Flow, Kind, Side
from ronghe.duties.models import Holding, Matter, MatterText
from ronghe.duties.permissions import may_edit_matrix
from ronghe.org.models import Post, Unit

PARTS = {"what": "具体抓什么", "how": "怎么抓", "degree": "抓到什么程度"}
TEXTS = (*PARTS, "evidence", "indicator", "basis")
REQUIRED = {**PARTS, "evidence": "以什么评价", "basis": "依据"}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Held:
    """Who is to hold a matter: by which side, in which way; kind '' for not at all."""

    post: Post
    side: str
    kind: str


def check_texts(values: Mapping[str, str]) -> None:
    """Raise ValidationError at each of the parts that is empty: no duty without 具体抓什么、怎么抓、抓到什么程度 (P7)."""
    problems = {name: _("请写明“%(part)s”。") % {"part": word} for name, word in REQUIRED.items() if not values.get(name, "").strip()}
    if problems:
        raise ValidationError(problems)


def check_name(area_id: int, name: str, but: int | None = None) -> None:
    """Raise ValidationError where another running matter of the area bears the name."""
    if Matter.objects.running().filter(area_id=area_id, name=name).exclude(pk=but or 0).exists():
        raise ValidationError({"name": _("已有事项“%(name)s”。") % {"name": name}})


@action
def add_matter(
    area: Unit, *, name: str, flow: str, field: str, texts: Mapping[str, str], by: Any, valid_from: date | None = None
) -> Matter:
    """Set up a matter with its three parts. Who holds it follows: until then it is a gap, and shown."""
    area = lock_row(area)
    require(may_edit_matrix, by, area)
    check_texts(texts)
    check_name(area.pk, name.strip())
    check_choices(flow, field)
    day = valid_from or today()
    last = Matter.objects.filter(area=area).order_by("-order").first()
    matter = Matter.objects.create(
        area=area, code=f"own-{Matter.objects.filter(area=area).count() + 1}", name=name.strip(), flow=flow, field=field,
        order=(last.order if last else 0) + 10, valid_from=day,
    )  # fmt: skip
    write_text(matter, texts, day)
    record(by=by, verb="增设分工事项", obj=matter, area_id=area.pk, note=f"自 {day} 起")
    refresh_findings(area.pk, by=by)
    return matter


def check_choices(flow: str, field: str) -> None:
    if flow not in Flow.values:
        raise ValidationError({"flow": _("没有这个流程。")})
    if field not in Field.values:
        raise ValidationError({"field": _("没有这个类别。")})


def write_text(matter: Matter, texts: Mapping[str, str], day: date) -> bool:
    """Let other texts apply from a day on; what applied before stays for the time before. Returns whether anything changed."""
    values = {name: texts.get(name, "").strip() for name in TEXTS}
    running = MatterText.objects.filter(matter=matter, valid_to=None).first()
    if running is not None:
        if all(getattr(running, name) == value for name, value in values.items()):
            return False
        end_row(running, day)
    MatterText.objects.create(matter=matter, area_id=matter.area_id, valid_from=day, **values)
    return True


def end_row(row: Any, day: date) -> None:
    """End a dated row the day before. One that would begin only then is taken back: it ends before it begins."""
    if row.valid_from > day:
        raise ValidationError({"valid_from": _("已有自 %(day)s 起的安排,不能早于这一天。") % {"day": row.valid_from}})
    row.valid_to = day - ONE_DAY
    row.save()


@action
def change_matter(
    matter: Matter, *, name: str, flow: str, field: str, texts: Mapping[str, str], by: Any, valid_from: date | None = None,
    version: int | None = None,
) -> Matter:  # fmt: skip
    """Change a matter's name, place or texts. The texts apply from a day on."""
    matter = lock_row(matter, version=version)
    require(may_edit_matrix, by, matter)
    require_running(matter)
    check_texts(texts)
    check_name(matter.area_id, name.strip(), but=matter.pk)
    check_choices(flow, field)
    day = valid_from or today()
    values = {"name": name.strip(), "flow": flow, "field": field}
    changes = diff(matter, values)
    before = MatterText.objects.filter(matter=matter, valid_to=None).first()
    old = {part: getattr(before, part, "") for part in TEXTS}
    if write_text(matter, texts, day):
        changes.update({part: [old[part], texts.get(part, "").strip()] for part in TEXTS if old[part] != texts.get(part, "").strip()})
    for attribute, value in values.items():
        setattr(matter, attribute, value)
    matter.save()
    if changes:
        record(by=by, verb="修改分工事项", obj=matter, area_id=matter.area_id, note=f"自 {day} 起", changes=changes)
        refresh_findings(matter.area_id, by=by)
    return matter


def require_running(matter: Matter) -> None:
    if matter.valid_to is not None:
        raise Refused(_("“%(name)s”已于 %(day)s 停用。") % {"name": matter.name, "day": matter.valid_to})


@action
def end_matter(matter: Matter, *, reason: str, by: Any, version: int | None = None) -> Matter:
    """Put an end to a matter: who held it holds it no more from tomorrow on."""
    matter = lock_row(matter, version=version)
    require(may_edit_matrix, by, matter)
    require_running(matter)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明停用的原因。")})
    day = today()
    for row in Holding.objects.select_for_update().filter(matter=matter, valid_to=None):
        row.valid_to = max(day, row.valid_from)
        row.save()
    MatterText.objects.filter(matter=matter, valid_to=None).update(valid_to=day)
    matter.valid_to = day
    matter.save()
    record(by=by, verb="停用分工事项", obj=matter, area_id=matter.area_id, note=reason.strip())
    refresh_findings(matter.area_id, by=by)
    return matter


@action
def set_holdings(
    matter: Matter, helds: list[Held], *, by: Any, valid_from: date | None = None, note: str = "", version: int | None = None,
    refresh: bool = True,
) -> list[str]:  # fmt: skip
    """Say who holds a matter from a day on: each post and side named in `helds`, others stay. Returns what changed, in words."""
    matter = lock_row(matter, version=version)
    require(may_edit_matrix, by, matter)
    require_running(matter)
    day = valid_from or today()
    if day < matter.valid_from:
        raise ValidationError({"valid_from": _("不能早于事项设立的日期 %(day)s。") % {"day": matter.valid_from}})
    changed, changes = [], {}
    for held in helds:
        text = hold(matter, held, day)
        if text:
            changed.append(text[0])
            changes[f"{held.post.title}({Side(held.side).label})"] = text[1]
    if changed:
        matter.save()
        record(by=by, verb="调整分工", obj=matter, area_id=matter.area_id, note=f"自 {day} 起;{note}".rstrip(";"), changes=changes)
        if refresh:
            refresh_findings(matter.area_id, by=by)
    return changed


def hold(matter: Matter, held: Held, day: date) -> tuple[str, list[str]] | None:
    """Write one holding; returns (sentence, [old, new]) or None where it was so already."""
    if held.post.area_id != matter.area_id:
        raise ValidationError({"post": _("“%(title)s”不是本管理区的岗位。") % {"title": held.post.title}})
    if held.kind and held.kind not in Kind.values:
        raise ValidationError({held.side: _("没有这个分工方式。")})
    if held.kind and held.side == Side.COMMITTEE and not held.post.committee:
        raise ValidationError({"committee": _("“%(title)s”没有支委职务。") % {"title": held.post.title}})
    if held.kind and held.post.closed_on is not None:
        raise ValidationError({"post": _("岗位“%(title)s”已撤销。") % {"title": held.post.title}})
    row = Holding.objects.filter(matter=matter, post=held.post, side=held.side, valid_to=None).first()
    old = row.kind if row else ""
    if old == held.kind:
        return None
    if row is not None:
        end_row(row, day)
    if held.kind:
        Holding.objects.create(area_id=matter.area_id, matter=matter, post=held.post, side=held.side, kind=held.kind, valid_from=day)
    words = {"": "不负责", **{kind.value: str(kind.label) for kind in Kind}}
    sentence = f"{held.post.title}:{words[old]} → {words[held.kind]}"
    return sentence, [words[old], words[held.kind]]
