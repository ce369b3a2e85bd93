"""综合评定: computed by the scoring kernel, seen first by the person, objected to, graded by a person, published."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.appraisal.actions.count import has_counts
from ronghe.appraisal.actions.cycles import expect_next, settle_stage
from ronghe.appraisal.actions.signing import ask_signers, lay_out
from ronghe.appraisal.actions.steps import lock_cycle, person_of
from ronghe.appraisal.kinds import CHECK_TASK, COUNT_TASK
from ronghe.appraisal.models import Cycle, Doubt, Given, Outcome, Report, Signature, Tally, Template
from ronghe.appraisal.permissions import may_give_counts, may_grade, may_object, may_organise
from ronghe.appraisal.queries.measures import Measures
from ronghe.appraisal.rules.ballots import Part, combine
from ronghe.appraisal.rules.periods import days_of
from ronghe.assessment.kernel import read_scheme, score_rows
from ronghe.audit.actions import record, write_checkpoint
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import now, today
from ronghe.worklist.actions import open_tasks, settle_tasks

TRACK = "appraisal"


@action
def give_counts(cycle: Cycle, values: Mapping[tuple[int, str], tuple[int, str]], *, by: Any, version: int | None = None) -> Cycle:
    """Give the counts about each person that nobody computes, each above zero with its ground. What is not named is zero: that is said, too."""
    cycle = lock_cycle(cycle, "counted", version=version)
    require(may_give_counts, by, cycle)
    me = person_of(by)
    if cycle.given_by_id is not None:
        raise Refused(_("这一轮已经核定过。"))
    rows, faults = [], {}
    for report in cycle.reports.order_by("pk"):
        for code, given in cycle.template.inputs.items():
            if given["source"] != "count":
                continue
            value, note = values.get((report.pk, code), (0, ""))
            if value and not note.strip():
                faults[f"note-{report.pk}-{code}"] = _("次数不是 0 的,请写明依据和文号。")
            rows.append(Given(report=report, code=code, value=value, note=note.strip()[:200], given_by=me, version=1))
    if faults:
        raise ValidationError(faults)
    Given.objects.bulk_create(rows)
    cycle.given_by, cycle.given_on = me, today()
    cycle.save()
    settle_tasks(cycle, kind=COUNT_TASK, result=f"{me.name} 已核定")
    record(by=by, verb="核定问责次数", obj=cycle, area_id=cycle.area_id, note=f"{len(rows)} 项")
    return cycle


def weigh_tallies(template: Template, tallies: Sequence[Tally]) -> tuple[Decimal | None, str]:
    """Return the appraisal's score with its sum written out."""
    whole = combine([Part(row.name, row.weight, row.score) for row in tallies], template.missing)
    return whole.score, whole.because


def gather_inputs(cycle: Cycle, reports: Sequence[Report]) -> dict[int, list[dict[str, Any]]]:
    """Return report → its inputs in the order of the scheme: code, name, value, where from, on which basis. Constant queries."""
    scheme = read_scheme(cycle.template.scheme)
    first, last = days_of(cycle.period)
    measures = Measures(cycle, reports, first, min(last, today()))
    given = {(row.report_id, row.code): row for row in Given.objects.filter(report__cycle=cycle)}
    tallies: dict[int, list[Tally]] = {}
    for row in Tally.objects.filter(report__cycle=cycle):
        tallies.setdefault(row.report_id, []).append(row)
    found = {}
    for report in reports:
        rows = []
        for indicator in scheme.indicators:
            source = cycle.template.inputs[indicator.code]
            value: Decimal | None
            if source["source"] == "appraisal":
                value, note = weigh_tallies(cycle.template, tallies.get(report.pk, []))
            elif source["source"] == "count":
                count = given.get((report.pk, indicator.code))
                value, note = (Decimal(count.value), count.note or "纪检小组核定") if count else (None, "没有核定")
            else:
                measured = measures.find(source["source"], report)
                value, note = measured.value, measured.note
            rows.append(
                {
                    "code": indicator.code, "name": indicator.name, "unit": indicator.unit, "value": None if value is None else str(value),
                    "source": source["source"], "note": note, "basis": source["basis"],
                }
            )  # fmt: skip
        found[report.pk] = rows
    return found


def compute(template: Template, period: str, inputs: Mapping[int, Sequence[Mapping[str, Any]]]) -> dict[int, dict[str, Any]]:
    """Return report → total, grade, lines: what the scoring kernel makes of the inputs. One pass for everybody."""
    scheme = read_scheme(template.scheme)
    rows = [
        {"unit": f"r{report}", "track": TRACK, "period": period, "indicator": one["code"],
         "actual": None if one["value"] is None else Decimal(one["value"])}
        for report, given in inputs.items()
        for one in given
    ]  # fmt: skip
    scored = score_rows(scheme, rows)
    names = {indicator.code: indicator for indicator in scheme.indicators}
    dimensions = {dimension.code: dimension.name for dimension in scheme.dimensions}
    found: dict[int, dict[str, Any]] = {}
    for row in scored.totals:
        found[int(row["unit"][1:])] = {
            "total": row["total"], "grade": row["grade"] or "", "provisional": row["state"] == "provisional", "because": row["because"] or "",
            "lines": [],
        }  # fmt: skip
    for row in scored.marks:
        item = names[row["indicator"]]
        found[int(row["unit"][1:])]["lines"].append(
            {
                "code": item.code, "name": item.name, "dimension": dimensions.get(item.dimension, "") if item.dimension else "",
                "actual": str(row["actual"]) if row["actual"] is not None else "", "full": str(row["full"] if row["full"] is not None else ""),
                "mark": str(row["mark"]) if row["mark"] is not None else "", "state": row["state"], "because": row["because"],
            }
        )  # fmt: skip
    return found


def make_outcome(report: Report, inputs: Sequence[Mapping[str, Any]], result: Mapping[str, Any], number: int = 1) -> Outcome:
    return Outcome(
        report=report, number=number, inputs=list(inputs), lines=result["lines"], total=result["total"], because=result["because"],
        proposed=result["grade"], provisional=result["provisional"], version=1,
    )  # fmt: skip


@action
def show_outcomes(cycle: Cycle, *, by: Any, version: int | None = None) -> Cycle:
    """Compute everybody's result and show it to each alone; the term for objections begins."""
    cycle = lock_cycle(cycle, "counted", version=version)
    require(may_organise, by, cycle)
    if has_counts(cycle) and cycle.given_by_id is None:
        raise Refused(_("纪检小组还没有核定问责次数,不能出评定结果。"))
    reports = list(cycle.reports.select_related("person", "unit").order_by("pk"))
    inputs = gather_inputs(cycle, reports)
    results = compute(cycle.template, cycle.period, inputs)
    outcomes = Outcome.objects.bulk_create(make_outcome(report, inputs[report.pk], results[report.pk]) for report in reports)
    cycle.show()
    cycle.objections_until = today() + timedelta(days=cycle.template.objection_days)
    cycle.save()
    for outcome in outcomes:
        path = reverse("appraisal:outcome", args=[outcome.pk])
        open_tasks(
            outcome, kind=CHECK_TASK, owners=[outcome.report.person], title=f"核对本人评定:{cycle.title}", path=path,
            due=cycle.objections_until, area_id=cycle.area_id,
        )  # fmt: skip
    lay_out(cycle)
    ask_signers(cycle, cycle.objections_until + timedelta(days=2))
    settle_stage(cycle, "已出评定,本人核对")
    expect_next(cycle, cycle.opened_by, cycle.objections_until + timedelta(days=2))
    record(by=by, verb="出评定结果", obj=cycle, area_id=cycle.area_id, note=f"{len(outcomes)} 人,异议到 {cycle.objections_until}")
    return cycle


@action
def note_seen(outcome: Outcome, *, by: Any) -> None:
    """Note that the person has looked at the own result."""
    outcome = lock_row(outcome)
    require(may_object, by, outcome)
    if outcome.seen_at is not None:
        return
    outcome.seen_at = now()
    outcome.save()
    settle_tasks(outcome, kind=CHECK_TASK, result="本人已查看")
    record(by=by, verb="查看本人评定", obj=outcome, area_id=outcome.area_id)


@action
def grade_outcome(outcome: Outcome, *, grade: str, reason: str, by: Any, version: int | None = None) -> Outcome:
    """Give a grade: a person decides, with a reason, on the ground of the computed proposal; never one's own."""
    lock_cycle(outcome.report.cycle, "shown")
    outcome = lock_row(outcome, version=version)
    require(may_grade, by, outcome)
    if not outcome.current:
        raise Refused(_("这一版评定已被更正后的一版取代。"))
    if outcome.doubts.filter(state=Doubt.State.ASKED).exists():
        raise Refused(_("本人的异议还没有答复,先答复再评定。"))
    cycle = outcome.report.cycle
    if Signature.objects.filter(cycle=cycle, part=outcome.report.part).exclude(person=None).exists():
        raise Refused(_("已有人签发,等次不能再改。"))
    grades = list_grades(cycle.template)
    if grade not in grades:
        raise ValidationError({"grade": _("请选择等次。")})
    if not reason.strip():
        raise ValidationError({"reason": _("请写明评定理由。")})
    vetoed = [line for line in outcome.lines if line["state"] == "veto"]
    highest = outcome.proposed or find_grade(cycle.template, outcome.total)
    if vetoed and grades.index(grade) < grades.index(highest):
        raise ValidationError(
            {"grade": _("有否决事项(%(name)s),等次不能高于「%(grade)s」。") % {"name": vetoed[0]["name"], "grade": highest}}
        )
    outcome.grade, outcome.grade_reason, outcome.graded_by = grade, reason.strip()[:300], person_of(by)
    outcome.save()
    record(by=by, verb="评定等次", obj=outcome, area_id=outcome.area_id)
    return outcome


def find_grade(template: Template, total: Decimal | None) -> str:
    """Return the grade that a total reaches; the last one where it reaches none. For results that are provisional, which have no grade."""
    grades = read_scheme(template.scheme).grades
    return next((grade.name for grade in grades if total is not None and total >= grade.min), grades[-1].name)


def list_grades(template: Template) -> list[str]:
    """Return the grades of a composition, best first."""
    return [grade.name for grade in read_scheme(template.scheme).grades]


@action
def publish_cycle(cycle: Cycle, *, by: Any, version: int | None = None) -> Cycle:
    """Make the grades known in the scope that the template allows."""
    cycle = lock_cycle(cycle, "signed", version=version)
    require(may_organise, by, cycle)
    if cycle.template.scope != "area":
        raise Refused(_("这个模板规定结果只告知本人和班子,不公布。"))
    cycle.publish()
    cycle.published_on = today()
    cycle.save()
    write_checkpoint(record(by=by, verb="公布评定等次", obj=cycle, area_id=cycle.area_id).chain)
    return cycle
