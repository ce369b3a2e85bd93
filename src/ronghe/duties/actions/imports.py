"""Taking a sheet of the matrix in: as a whole or not at all."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import action, lock_row
from ronghe.duties.actions.findings import refresh_findings
from ronghe.duties.actions.matters import Held, add_matter, change_matter, set_holdings
from ronghe.duties.kinds import Side
from ronghe.duties.models import Matter, MatterText
from ronghe.duties.permissions import may_edit_matrix
from ronghe.org.models import Post, Unit

TEXTS = ("what", "how", "degree", "evidence", "basis")


@action
def import_matrix(area: Unit, rows: Sequence[dict[str, Any]], *, valid_from: date, by: Any) -> tuple[int, int]:
    """Bring the matrix in line with a sheet that was read: returns (matters added, matters changed). Matters not on it stay."""
    area = lock_row(area)
    require(may_edit_matrix, by, area)
    posts = {post.pk: post for post in Post.objects.filter(area=area, closed_on=None)}
    known = {row.name: row for row in Matter.objects.running().filter(area=area)}
    running = {row.matter_id: row for row in MatterText.objects.running().filter(area=area)}
    added = changed = 0
    for row in rows:
        try:
            texts = {name: str(row[name]) for name in TEXTS}
            name, flow, field = str(row["name"]), str(row["flow"]), str(row["field"])
            wanted = {(int(pk), str(side)): str(kind) for pk, side, kind in row["holds"]}
            columns = [posts[int(pk)] for pk in row["posts"]]
        except (KeyError, TypeError, ValueError) as trouble:
            raise ValidationError(_("表格的内容在确认前变了,请重新上传。")) from trouble
        matter = known.get(name)
        if matter is None:
            matter = add_matter(area, name=name, flow=flow, field=field, texts=texts, by=by, valid_from=valid_from)
            added += 1
            touched = False
        else:
            before = matter.version
            texts["indicator"] = running[matter.pk].indicator if matter.pk in running else ""
            old = running.get(matter.pk)
            same = (
                old is not None and all(getattr(old, key) == texts[key] for key in TEXTS) and (matter.flow, matter.field) == (flow, field)
            )
            if not same:
                matter = change_matter(matter, name=name, flow=flow, field=field, texts=texts, by=by, valid_from=valid_from)
            touched = matter.version != before
        helds = [
            Held(post, side, wanted.get((post.pk, side), ""))
            for post in columns
            for side in Side.values
            if side == Side.ADMINISTRATIVE or post.committee or wanted.get((post.pk, side))
        ]
        touched = bool(set_holdings(matter, helds, by=by, valid_from=valid_from, note="按表格", refresh=False)) or touched
        changed += touched and matter.name in known
    record(by=by, verb="导入分工矩阵", obj=area, area_id=area.pk, note=f"新增 {added} 项,修改 {changed} 项,自 {valid_from} 起")
    refresh_findings(area.pk, by=by)
    return added, changed
