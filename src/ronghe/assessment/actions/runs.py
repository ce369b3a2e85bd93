"""Running a month: inputs → kernel → a preview with everything needed to compute it again to the same bytes."""

import time
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.assessment import kernel
from ronghe.assessment.actions.objection_steps import follow_run
from ronghe.assessment.models import Mark, Result, Run, SchemeVersion
from ronghe.assessment.notices import list_publishers
from ronghe.assessment.permissions import may_run
from ronghe.assessment.queries.checks import list_warnings
from ronghe.assessment.queries.schemes import find_scheme
from ronghe.assessment.rules import describe_month
from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action
from ronghe.common.calendar import add_working_days, today
from ronghe.figures.queries import collect_inputs, last_day
from ronghe.goals.models import Indicator
from ronghe.org.models import Appointment, Track, Unit
from ronghe.worklist.actions import open_tasks

PUBLICATION = "考核公示"
PUBLICATION_DAYS = 2
BATCH = 2_000
NO_GAP: dict[str, Any] = dict.fromkeys(("to_target", "leader", "to_leader", "to_mean", "needed_actual"))


@action
def run_month(area: Unit, period: str, *, by: Any, reason: str = "") -> Run:
    """Compute the month from what is confirmed now and keep it as a preview. A rerun after publication needs a reason.

    Raises Refused where no scheme is in force, nothing is asked, or the reason is missing.
    """
    require(may_run, by, area)
    Unit.objects.select_for_update().get(pk=area.pk)  # two runs of one month never take the same number
    version = find_scheme(area.pk, period)
    if version is None:
        raise Refused(_("%(month)s没有生效的考核方案,请先发布方案。") % {"month": describe_month(period)})
    replaced = Run.objects.in_force().light().filter(area=area, period=period).first()
    if replaced is not None and not reason.strip():
        raise Refused(_("%(month)s已经公示,重新计分必须写明原因。") % {"month": describe_month(period)})
    scheme = kernel.scheme_of(version)
    rows = collect_inputs(area, period, [indicator.code for indicator in scheme.indicators])
    if not rows:
        raise Refused(_("%(month)s没有需要考核的单位和指标:请检查赛道和指标的适用范围。") % {"month": describe_month(period)})
    started = time.perf_counter()
    inputs = kernel.write_inputs(rows)
    computed = kernel.compute(version, inputs)
    seconds = time.perf_counter() - started
    if computed.compiled:
        SchemeVersion.objects.filter(pk=version.pk).update(compiled=computed.compiled)
    last = Run.objects.filter(area=area, period=period).order_by("-number").values_list("number", flat=True).first()
    run = Run.objects.create(
        area=area,
        period=period,
        number=(last or 0) + 1,
        scheme=version,
        author=by,
        tracks=list_track_names(area.pk, rows),
        warnings=list_warnings(area, period, rows),
        inputs=kernel.pack(inputs),
        inputs_digest=kernel.digest(inputs),
        outputs=kernel.pack_files(computed.files),
        stability=computed.stability,
        results_digest=computed.digest,
        seconds=seconds,
        replaces=replaced,
        reason=reason.strip()[:300],
    )
    save_results(run, computed)
    record(
        by=by,
        verb="计分",
        obj=run,
        area_id=area.pk,
        note=run.reason,
        changes={"inputs_digest": ["", run.inputs_digest], "results_digest": ["", run.results_digest]},
    )
    open_tasks(
        run,
        kind=PUBLICATION,
        owners=list_publishers(area.pk, but=by),
        title=_("审阅并公示%(month)s考核结果") % {"month": describe_month(period)},
        path=reverse("assessment:run", args=[run.pk]),
        due=add_working_days(today(), PUBLICATION_DAYS),
        area_id=area.pk,
    )
    follow_run(run, by=by)
    return run


def list_track_names(area_id: int, rows: list[dict[str, Any]]) -> list[list[str]]:
    """Return [code, name] of the tracks that run, in their order, as they are called now."""
    seen = {row["track"] for row in rows}
    named = [[code, name] for code, name in Track.objects.filter(area_id=area_id).values_list("code", "name") if code in seen]
    return named or [[code, code] for code in sorted(seen)]


def save_results(run: Run, computed: kernel.Computed) -> None:
    """Write totals with places and marks with gaps: two bulk inserts."""
    units = dict(Unit.objects.filter(area_id=run.area_id).values_list("code", "pk"))
    sides = dict(Indicator.objects.filter(area_id=run.area_id).values_list("code", "side"))
    order = {indicator.code: number for number, indicator in enumerate(kernel.scheme_of(run.scheme).indicators)}
    places = {row["unit"]: row for row in computed.places}
    gaps = {(row["unit"], row["indicator"]): row for row in computed.gaps}
    sums = sum_sides(computed.marks, sides)
    leaders = map_group_leaders(run.area_id, last_day(run.period))
    Result.objects.bulk_create(
        [
            Result(
                run=run,
                unit_id=units[row["unit"]],
                track=row["track"],
                total=row["total"],
                grade=row["grade"] or "",
                state=row["state"],
                missing=row["missing"],
                vetoed=row["vetoed"],
                dimensions=row["dimensions"],
                because=row["because"] or "",
                place=places[row["unit"]]["place"],
                peers=places[row["unit"]]["peers"] or 0,
                tied=places[row["unit"]]["tied"],
                to_next=places[row["unit"]]["to_next"],
                place_because=places[row["unit"]]["because"] or "",
                leader_name=leaders.get(units[row["unit"]], ""),
                **sums.get(row["unit"], {}),
            )
            for row in computed.totals
        ],
        batch_size=BATCH,
    )
    marks = []
    for row in computed.marks:
        gap = gaps.get((row["unit"], row["indicator"]), NO_GAP)
        marks.append(
            Mark(
                run=run,
                unit_id=units[row["unit"]],
                track=row["track"],
                dimension=row["dimension"] or "",
                indicator=row["indicator"],
                side=sides.get(row["indicator"], ""),
                order=order[row["indicator"]],
                actual=row["actual"],
                target=row["target"],
                x=row["x"],
                full=row["full"],
                mark=row["mark"],
                lost=row["lost"],
                state=row["state"],
                because=row["because"] or "",
                to_target=gap["to_target"],
                leader=gap["leader"] or "",
                to_leader=gap["to_leader"],
                to_mean=gap["to_mean"],
                needed_actual=gap["needed_actual"],
            )
        )
    Mark.objects.bulk_create(marks, batch_size=BATCH)


def map_group_leaders(area_id: int, day: date) -> dict[int, str]:
    """Return unit → the name of its 党小组长 on the day."""
    held = Appointment.objects.on(day).filter(post__kind="group_leader", post__area_id=area_id).order_by("acting", "valid_from")
    return dict(held.values_list("post__unit_id", "person__name"))


def sum_sides(marks: list[dict[str, Any]], sides: dict[str, str]) -> dict[str, dict[str, Decimal]]:
    """Return for each unit the plain sums of marks and full marks of party work and business (P4); exempt ones left out."""
    sums: dict[str, dict[str, Decimal]] = {}
    for row in marks:
        side = sides.get(row["indicator"])
        unit = sums.setdefault(row["unit"], dict.fromkeys(("party", "party_full", "business", "business_full"), Decimal(0)))
        if side and row["state"] != "exempt":
            unit[side] += row["mark"] or Decimal(0)
            unit[f"{side}_full"] += row["full"] or Decimal(0)
    return sums
