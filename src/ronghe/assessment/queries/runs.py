"""Runs: the list, and what a run changes against the one before it."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone

from ronghe.assessment import kernel
from ronghe.assessment.models import Mark, Result, Run
from ronghe.assessment.queries.marks import list_marks
from ronghe.assessment.queries.ranking import load_results
from ronghe.assessment.queries.stability import TrackFirmness, UnitFirmness, mark_edges, read_firmness
from ronghe.assessment.rules import Change, compare_marks, compare_places


@dataclass(frozen=True)
class MarkChange:
    """One mark that differs from the earlier run."""

    indicator: str
    old: str
    new: str
    figures: str
    change: Change


@dataclass
class UnitChange:
    """One unit of a run beside the same unit in the earlier run."""

    unit: str
    url: str
    place: str
    total: str
    grade: str
    state: str
    missing: int
    vetoed: int
    note: str
    old_place: str
    old_total: str
    total_change: Change
    place_change: Change
    marks: list[MarkChange] = field(default_factory=list)
    firm: UnitFirmness | None = None

    @property
    def moved(self) -> bool:
        return bool(self.marks) or self.total_change.better is not None or self.place_change.better is not None


@dataclass
class TrackChanges:
    code: str
    name: str
    rows: list[UnitChange] = field(default_factory=list)
    firmness: TrackFirmness | None = None


def find_baseline(run: Run) -> Run | None:
    """Return what a run is compared with: the run that it replaces, else the run of the same month before it."""
    if run.replaces_id:
        return Run.objects.light().select_related("scheme").get(pk=run.replaces_id)
    earlier = Run.objects.light().select_related("scheme").filter(area_id=run.area_id, period=run.period, number__lt=run.number)
    return earlier.order_by("-number").first()


def compare_runs(run: Run, baseline: Run | None) -> list[TrackChanges]:
    """Return the track tables of a run with each difference to the baseline, old → new. Five queries at most."""
    scheme = kernel.scheme_of(run.scheme)
    old_results = {row.unit_id: row for row in Result.objects.filter(run=baseline)} if baseline else {}
    changes = list_mark_changes(run, baseline, scheme) if baseline else {}
    tables = {code: TrackChanges(code, name) for code, name in run.tracks}
    results = load_results(run)
    firmness = read_firmness(run, {result.unit.code: result.unit.name for result in results})
    for result in results:
        old = old_results.get(result.unit_id)
        row = UnitChange(
            unit=result.unit.name,
            url=reverse("assessment:station", args=[result.unit_id]) + f"?run={run.pk}",
            place=str(result.place or ""),
            total=kernel.fixed(result.total, scheme.digits),
            grade=result.grade,
            state=result.state,
            missing=result.missing,
            vetoed=result.vetoed,
            note=";".join(part for part in (result.place_because, result.because) if part),
            old_place=str(old.place or "—") if old else "",
            old_total=kernel.fixed(old.total, scheme.digits) if old else "",
            total_change=compare_marks(result.total, old.total if old else None, scheme.digits),
            place_change=compare_places(result.place, old.place if old else None),
            marks=changes.get(result.unit_id, []),
        )
        table = tables.setdefault(result.track, TrackChanges(result.track, result.track))
        table.firmness = firmness.get(result.track)
        row.firm = table.firmness.units.get(result.unit.code) if table.firmness else None
        table.rows.append(row)
    for table in tables.values():
        mark_edges([row.firm for row in table.rows])
    return list(tables.values())


def list_mark_changes(run: Run, baseline: Run, scheme: Any) -> dict[int, list[MarkChange]]:
    """Return unit → the marks that differ between two runs, in the scheme's order."""
    pairs: dict[tuple[int, str], dict[int, Mark]] = {}
    for mark in list_marks([run, baseline]):
        pairs.setdefault((mark.unit_id, mark.indicator), {})[mark.run_id] = mark
    found: dict[int, list[MarkChange]] = {}
    for (unit_id, code), both in pairs.items():
        new, old = both.get(run.pk), both.get(baseline.pk)
        if new and old and (new.mark, new.state, new.actual, new.target) == (old.mark, old.state, old.actual, old.target):
            continue
        item = scheme.indicator_by_code.get(code)
        found.setdefault(unit_id, []).append(
            MarkChange(
                item.name if item else code,
                write_mark(old, scheme.digits),
                write_mark(new, scheme.digits),
                f"{write_figures(old)} → {write_figures(new)}",
                compare_marks(new.mark if new else None, old.mark if old else None, scheme.digits),
            )
        )
    return found


def write_mark(mark: Mark | None, digits: int) -> str:
    """Write a mark, or why there is none."""
    if mark is None:
        return "—"
    if mark.mark is None:
        return {"missing": "缺报", "exempt": "免考"}.get(mark.state, "—")
    return kernel.fixed(mark.mark, digits)


def write_figures(mark: Mark | None) -> str:
    """Write 'actual/target'."""
    if mark is None:
        return "—"
    parts = [kernel.plain(value) for value in (mark.actual, mark.target) if value is not None]
    return " / ".join(parts) or "未报"


def describe_provenance(run: Run) -> list[tuple[str, str]]:
    """Return what says where the numbers come from, as pairs (what, value); times are local."""

    def at(moment: Any) -> str:
        return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""

    rows = [
        ("方案", str(run.scheme)),
        ("计算", f"{name_of(run.author)} {at(run.created_at)}"),
        ("公示", f"{name_of(run.published_by)} {at(run.published_at)}" if run.published_at else ""),
        ("公示至", str(run.shown_until or "")),
        ("生效", at(run.final_at)),
        ("引擎", f"{run.engine},{run.seconds:.2f} 秒"),
        ("输入摘要", run.inputs_digest),
        ("结果摘要", run.results_digest),
        ("得分文件", f"{run.marks_file},摘要 {run.marks_digest}" if run.marks_file else ""),
        ("重算原因", run.reason),
    ]
    return [(name, value) for name, value in rows if value.strip()]


def name_of(user: Any) -> str:
    """Return a person's name for an account."""
    person = getattr(user, "person", None)
    return person.name if person is not None else (user.get_username() if user else "系统")
