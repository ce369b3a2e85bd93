"""Asking for a year's folder or an inspection pack; the worker makes it (`jobs`), step by step, so that the page shows how far it is."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from ronghe.archive.models import Bundle, Folder, Pack
from ronghe.archive.permissions import may_archive, may_pack
from ronghe.archive.queries.norms import list_topics
from ronghe.archive.rules import find_year_fault
from ronghe.archive.zips import check_zip
from ronghe.audit.actions import record, write_checkpoint
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import now, today
from ronghe.common.registry import find_link
from ronghe.notices.actions import notify
from ronghe.org.models import Person, Unit

MOST_LIVE = 2


@action
def ask_folder(area: Unit, *, year: int, by: Any) -> Folder:
    """Ask for a year to be filed; filed before, it becomes the next edition."""
    require(may_archive, by, area)
    fault = find_year_fault(year, today())
    if fault:
        raise ValidationError({"year": fault})
    rows = Folder.objects.select_for_update().filter(area=area)
    if rows.filter(state__in=(Bundle.State.QUEUED, Bundle.State.RUNNING)).exists():
        raise Refused(_("有一份正在归档,请等它完成。"))
    edition = (rows.filter(year=year).aggregate(last=Max("edition"))["last"] or 0) + 1
    folder = Folder.objects.create(area=area, year=year, edition=edition, asked_by=by, asked_at=now())
    record(by=by, verb="归档", obj=folder, area_id=area.pk)
    return folder


@action
def ask_pack(area: Unit, *, title: str, year: int, topics: list[str], units: list[Unit], by: Any) -> Pack:
    """Ask for the evidence of a year on some topics. It holds what the asker may read, and only the asker gets it."""
    require(may_pack, by, area)
    fault = find_year_fault(year, today())
    if fault:
        raise ValidationError({"year": fault})
    known = {topic.code: topic.name for topic in list_topics(area.pk)}
    chosen = [[code, known[code]] for code in topics if code in known]
    if not chosen:
        raise ValidationError({"topics": _("请至少选一个专题。")})
    if any(unit.area_id != area.pk for unit in units):
        raise ValidationError({"units": _("只能选本管理区的单位。")})
    if Pack.objects.filter(asked_by=by, state__in=(Bundle.State.QUEUED, Bundle.State.RUNNING)).count() >= MOST_LIVE:
        raise Refused(_("您已有两份正在生成,请等它们完成。"))
    pack = Pack.objects.create(
        area=area, title=title.strip(), year=year, topics=chosen, units=[[unit.pk, unit.name] for unit in units], asked_by=by, asked_at=now(),
        key=get_random_string(32),
    )  # fmt: skip
    record(by=by, verb="申请迎检包", obj=pack, area_id=area.pk, note="、".join(name for _code, name in chosen))
    return pack


@action
def begin(bundle: Bundle) -> bool:
    """Take a bundle for this worker; False where another has it or it is done."""
    row = lock_row(bundle)
    if row.state != Bundle.State.QUEUED:
        return False
    row.state = Bundle.State.RUNNING
    row.save()
    bundle.refresh_from_db()
    return True


@action
def end(bundle: Bundle, *, problem: str = "", size: int = 0, digest: str = "", note: str = "") -> None:
    """Say how it went. What was filed is in the audit, and a checkpoint outside the database vouches for it."""
    row = lock_row(bundle)
    row.state = Bundle.State.FAILED if problem else Bundle.State.READY
    row.problem, row.size, row.digest, row.ended_at = problem[:300], size, digest, now()
    row.save()
    if problem:
        record(by=None, verb="没有生成", obj=row, area_id=row.area_id, note=row.problem)
    else:
        entry = record(by=None, verb="生成", obj=row, area_id=row.area_id, note=f"{row.done} 件,摘要 {digest[:20]} {note}".strip())
        if isinstance(row, Folder):
            write_checkpoint(entry.chain)
    tell(row)
    bundle.refresh_from_db()


def tell(row: Bundle) -> None:
    """Tell who asked that it is there, or why not."""
    asker = Person.objects.filter(user_id=row.asked_by_id)
    path = find_link(row._meta.label_lower, row.pk)
    words = _("“%(title)s”没有生成:%(problem)s") if row.problem else _("“%(title)s”已生成,可以下载")
    notify(asker, kind="档案", title=(words % {"title": row, "problem": row.problem})[:300], path=path, area_id=row.area_id)


@action
def check_folder(folder: Folder, *, by: Any) -> list[str]:
    """Compare a folder's zip with its index and its signature."""
    folder = lock_row(folder)
    if by is not None:
        require(may_archive, by, folder)
    if folder.state != Bundle.State.READY:
        raise Refused(_("还没有生成。"))
    wanted = {piece.path: piece.digest for piece in folder.pieces.all()}
    folder.faults = check_zip(folder.path, digest=folder.digest, pieces=wanted)[:50]
    folder.checked_at = now()
    folder.save()
    record(by=by, verb="核对档案", obj=folder, area_id=folder.area_id, note=f"发现 {len(folder.faults)} 处问题")
    return list(folder.faults)
