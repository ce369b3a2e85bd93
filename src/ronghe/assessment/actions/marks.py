"""Moving the marks of long past months from the database to Parquet, and back. Totals and places always stay (docs/adr/0012)."""

from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from ronghe.assessment.models import Mark, Objection, Run
from ronghe.assessment.parquet import NAMES, name_file, pack_marks, read_marks, write_file
from ronghe.assessment.rules import shift_month
from ronghe.audit.actions import record
from ronghe.common.actions import Refused, action, lock_row

FEWEST_MONTHS = 13
"""What stays in the database at least: the month, those before it, and the same one last year. The pages read every day need no file."""
ENDED = (Run.State.FINAL, Run.State.REPLACED, Run.State.DROPPED)


def list_due_runs(months: int) -> list[Run]:
    """Return the runs whose marks may leave the database: each area keeps the `months` newest months up to its last one in force."""
    latest = Run.objects.in_force().order_by().values_list("area_id").annotate(last=Max("period"))
    first = {area: shift_month(last, 1 - max(months, FEWEST_MONTHS)) for area, last in latest.values_list("area_id", "last")}
    rows = Run.objects.filter(marks_file="", state__in=ENDED, area_id__in=first).exclude(objections__state__in=Objection.OPEN)
    return [run for run in rows.light().order_by("period", "pk") if run.period < first[run.area_id]]


@action
def store_marks(run: Run, *, by: Any = None) -> int:
    """Write the marks of a run to its file, read them back, and only then take them out of the database. Returns how many.

    A mark that was objected to stays beside the file: the objection names it. Raises Refused for a run that is still open.
    """
    row = lock_row(run)
    if row.marks_file:
        return 0
    if row.state not in ENDED or row.objections.filter(state__in=Objection.OPEN).exists():
        raise Refused(_("%(run)s还没有结束,得分不能转存。") % {"run": row})
    rows = Mark.objects.filter(run=row)
    marks = list(rows.select_related("unit").order_by("pk"))
    if not marks:
        return 0
    row.marks_file = name_file(row)
    row.marks_digest = write_file(row.marks_file, pack_marks(row, marks))
    back = sorted(read_marks(row), key=lambda mark: mark.pk)
    if [tell(mark) for mark in back] != [tell(mark) for mark in marks]:
        raise Refused(_("%(run)s的文件读回来与数据库里的不一样,没有转存。") % {"run": row})
    row.marks_first, row.marks_last = marks[0].pk, marks[-1].pk
    row.save()
    # frozen rows refuse delete(): they may leave only here, once their file has been read back
    rows.filter(objections=None)._raw_delete("default")
    note = _("%(count)d 条存入 %(file)s,摘要 %(digest)s") % {"count": len(marks), "file": row.marks_file, "digest": row.marks_digest}
    record(by=by, verb="得分转存", obj=row, area_id=row.area_id, note=note)
    return len(marks)


@action
def recall_marks(run: Run, *, by: Any = None) -> int:
    """Put the marks of a run back into the database. The file stays where it is, and is what the next move would write again."""
    row = lock_row(run)
    if not row.marks_file:
        return 0
    known = set(Mark.objects.filter(run=row).values_list("pk", flat=True))
    marks = [mark for mark in read_marks(row) if mark.pk not in known]
    Mark.objects.bulk_create(marks, batch_size=2_000)
    row.marks_file, row.marks_digest, row.marks_first, row.marks_last = "", "", None, None
    row.save()
    record(by=by, verb="得分取回", obj=row, area_id=row.area_id, note=_("%(count)d 条") % {"count": len(marks)})
    return len(marks)


def tell(mark: Mark) -> tuple[Any, ...]:
    """Return all that a mark says."""
    return tuple(getattr(mark, name) for name in NAMES)


def store_due_marks() -> tuple[int, int]:
    """Move what the deployment's setting lets go (RONGHE_MARKS_MONTHS; 0: nothing). Returns runs and marks. Run as often as one likes."""
    if not settings.RONGHE_MARKS_MONTHS:
        return 0, 0
    counts = [store_marks(run) for run in list_due_runs(settings.RONGHE_MARKS_MONTHS)]
    return len(counts), sum(counts)
