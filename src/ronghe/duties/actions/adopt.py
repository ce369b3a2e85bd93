"""Taking the default pack into an area: matters with their three parts and holders, as the paper arranges them."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.duties.actions.findings import refresh_findings
from ronghe.duties.models import Holding, Matter, MatterText
from ronghe.duties.packs import read_duties
from ronghe.duties.permissions import may_edit_matrix
from ronghe.org.models import Post, Unit


@action
def adopt_matrix(area: Unit, *, by: Any, valid_from: date | None = None) -> int:
    """Write the pack's matters into an area that has none. Its own faults come along: they are for the detector to find."""
    area = lock_row(area)
    require(may_edit_matrix, by, area)
    if Matter.objects.filter(area=area).exists():
        raise Refused(_("本管理区已有分工矩阵,请在矩阵里修改。"))
    day = valid_from or today()
    posts = {post.kind: post for post in Post.objects.filter(area=area, unit=area, closed_on=None)}
    pack = read_duties()
    for order, one in enumerate(pack.matters):
        matter = Matter.objects.create(
            area=area, code=one.code, name=one.name, flow=one.flow, field=one.field, order=order * 10, valid_from=day
        )
        MatterText.objects.create(
            matter=matter, area=area, what=one.what, how=one.how, degree=one.degree, evidence=one.evidence, indicator=one.indicator,
            basis=one.basis, valid_from=day,
        )  # fmt: skip
        Holding.objects.bulk_create(
            Holding(area=area, matter=matter, post=posts[kind], side=side, kind=how, valid_from=day, version=1)
            for kind, side, how in one.holds
            if kind in posts
        )
    record(by=by, verb="采用分工矩阵", obj=area, area_id=area.pk, note=f"{pack.name},{len(pack.matters)} 项")
    refresh_findings(area.pk, by=by)
    return len(pack.matters)
