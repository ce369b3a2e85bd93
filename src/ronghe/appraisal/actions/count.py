"""计票: the urns are opened once, groups that are too small are put together before anything is written, the key is destroyed."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ronghe.appraisal.actions.cycles import drop_report_tasks, expect_next, settle_stage
from ronghe.appraisal.actions.steps import lock_cycle
from ronghe.appraisal.kinds import BALLOT_TASK, COUNT_TASK
from ronghe.appraisal.models import Code, Cycle, Judge, NamedBallot, Report, Seat, Tally, Urn
from ronghe.appraisal.permissions import may_organise
from ronghe.appraisal.rules.ballots import add_counts, cut_items, merge_groups, place_marks, score_group
from ronghe.audit.actions import record, write_checkpoint
from ronghe.common.access import require
from ronghe.common.actions import Refused, action
from ronghe.common.calendar import add_working_days, now, today
from ronghe.common.urns import destroy_key, open_counts, read_key
from ronghe.org.models import Person
from ronghe.org.queries import list_holders
from ronghe.worklist.actions import open_tasks, settle_tasks

GIVE_DAYS = 3


@action
def count_ballots(cycle: Cycle, *, by: Any, version: int | None = None) -> Cycle:
    """Close the ballot and count it, once. Before its last day only where everybody has judged."""
    cycle = lock_cycle(cycle, "balloting", version=version)
    require(may_organise, by, cycle)
    waiting = Judge.objects.filter(cycle=cycle, voted=False).exists() or Code.objects.filter(cycle=cycle, used=False, void=False).exists()
    if cycle.ballot_due is not None and today() <= cycle.ballot_due and waiting:
        raise Refused(_("还没到测评截止日,也还有人没有测评,不能计票。"))
    boxes = open_urns(cycle)
    Tally.objects.bulk_create(tally for report in cycle.reports.order_by("pk") for tally in make_tallies(cycle, report, boxes))
    cycle.count()
    cycle.counted_at = now()
    name, cycle.key_name = cycle.key_name, ""
    cycle.save()
    Urn.objects.filter(report__cycle=cycle).update(sealed=b"", closed=True)
    Code.objects.filter(cycle=cycle).update(digest="")
    Judge.objects.filter(cycle=cycle).update(link="")
    transaction.on_commit(lambda: destroy_key(name))
    drop_report_tasks(cycle, "测评已结束,没有述职")
    settle_tasks(cycle, kind=BALLOT_TASK, result="测评已结束", dropped=True)
    settle_stage(cycle, "已计票")
    due = add_working_days(today(), GIVE_DAYS)
    if has_counts(cycle):
        members = list_holders("discipline_member", area_id=cycle.area_id, day=today())
        path = f"/appraisal/cycles/{cycle.pk}/counts/"
        open_tasks(cycle, kind=COUNT_TASK, owners=members, title=f"核定问责次数:{cycle.title}", path=path, due=due, area_id=cycle.area_id)
    expect_next(cycle, cycle.opened_by, due + timedelta(days=2))
    write_checkpoint(record(by=by, verb="计票", obj=cycle, area_id=cycle.area_id).chain)
    return cycle


def has_counts(cycle: Cycle) -> bool:
    """Tell whether the result needs counts that 纪检小组 gives."""
    return any(one["source"] == "count" for one in cycle.template.inputs.values())


class Boxes:
    """What lay in the urns, and how many were entitled: only in memory, only here."""

    def __init__(self) -> None:
        self.counts: dict[tuple[int, str], list[int]] = {}
        self.named: dict[tuple[int, str], list[list[int]]] = defaultdict(list)
        self.entitled: dict[tuple[int, str], int] = defaultdict(int)


def open_urns(cycle: Cycle) -> Boxes:
    """Open every urn of a cycle, and hold the counts against who has voted."""
    boxes, key = Boxes(), read_key(cycle.key_name)
    for report, group, voted in Seat.objects.filter(judge__cycle=cycle).values_list("report_id", "group", "judge__voted"):
        boxes.entitled[report, group] += 1
        boxes.entitled[report, f"{group} voted"] += voted
    slips: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for group, used in Code.objects.filter(cycle=cycle, void=False).values_list("group", "used"):
        slips[group][0] += 1
        slips[group][1] += used
    levels = len(cycle.template.scale)
    for urn in Urn.objects.select_for_update().filter(report__cycle=cycle).order_by("pk"):
        counts = open_counts(key, urn.name, bytes(urn.sealed))
        boxes.counts[urn.report_id, urn.group] = counts
        if urn.group in slips:
            boxes.entitled[urn.report_id, urn.group] = slips[urn.group][0]
            boxes.entitled[urn.report_id, f"{urn.group} voted"] = slips[urn.group][1]
        if sum(counts[:levels]) != boxes.entitled[urn.report_id, f"{urn.group} voted"]:
            raise Refused(_("票箱里的票数和投票人数不符(可能从备份恢复过)。请取消这一轮,重新测评。"))
    for report, group, marks in NamedBallot.objects.filter(report__cycle=cycle).values_list("report_id", "group", "marks"):
        boxes.named[report, group].append(marks)
    return boxes


def make_tallies(cycle: Cycle, report: Report, boxes: Boxes) -> list[Tally]:
    """Return what is kept of one person's ballots: named groups alone, anonymous ones alone or together, none with fewer than five ballots."""
    template = cycle.template
    groups = {one["code"]: one for one in template.judges}
    levels, found = len(template.scale), []
    ballots, notes = {}, {}
    for code, group in groups.items():
        entitled = boxes.entitled[report.pk, code]
        if not group["anonymous"]:
            found.append(tally_named(report, group, entitled, boxes.named[report.pk, code], levels, template))
            continue
        cast = sum(boxes.counts[report.pk, code][:levels])
        if not entitled:
            notes[code] = "没有这一组的评议人"
        elif not cast:
            notes[code] = "没有人测评"
        elif cast * 100 < template.min_turnout * entitled:
            notes[code] = f"实投不到应投的 {template.min_turnout}%,不计"
        else:
            ballots[code] = cast
    merged = merge_groups(ballots)
    for together in merged.shown:
        counts = add_counts([boxes.counts[report.pk, code] for code in together])
        found.append(tally_secret(report, [groups[code] for code in together], boxes, cut_items(counts, levels), template))
    for code in merged.withheld:
        notes[code] = "票数不足 5 张,合并后仍不足,不公布,不计"
    for code, note in notes.items():
        group = groups[code]
        found.append(
            Tally(
                report=report, groups=[code], name=group["name"], weight=group["weight"], anonymous=True,
                entitled=boxes.entitled[report.pk, code], ballots=0 if code in merged.withheld else ballots_of(boxes, report, code, levels),
                counts=[], score=None, note=note,
            )
        )  # fmt: skip
    return found


def ballots_of(boxes: Boxes, report: Report, code: str, levels: int) -> int:
    return sum(boxes.counts[report.pk, code][:levels])


def tally_named(report: Report, group: dict[str, Any], entitled: int, ballots: list[list[int]], levels: int, template: Any) -> Tally:
    """Return the tally of a group that is named by nature; nothing is trimmed from it."""
    items = cut_items(add_counts([place_marks(marks, levels) for marks in ballots]), levels) if ballots else []
    score = score_group(items, template.points, template.trim * 0) if ballots else None
    note = "" if ballots else ("没有人测评" if entitled else "没有这一组的评议人")
    return Tally(
        report=report, groups=[group["code"]], name=group["name"], weight=group["weight"], anonymous=False, entitled=entitled,
        ballots=len(ballots), counts=items, score=score, note=note,
    )  # fmt: skip


def tally_secret(report: Report, groups: list[dict[str, Any]], boxes: Boxes, items: list[list[int]], template: Any) -> Tally:
    """Return the tally of one anonymous group, or of several that are shown together."""
    return Tally(
        report=report,
        groups=[one["code"] for one in groups],
        name="、".join(one["name"] for one in groups),
        weight=sum(one["weight"] for one in groups),
        anonymous=True,
        entitled=sum(boxes.entitled[report.pk, one["code"]] for one in groups),
        ballots=sum(items[0]),
        counts=items,
        score=score_group(items, template.points, template.trim),
        note="有的组票数不足 5 张,合并公布" if len(groups) > 1 else "",
    )


def list_waiting(cycle: Cycle) -> list[Person]:
    """Return who still has a ballot to cast by the own account."""
    return list(Person.objects.filter(pk__in=Judge.objects.filter(cycle=cycle, voted=False).values("person_id")).order_by("sort_key"))
