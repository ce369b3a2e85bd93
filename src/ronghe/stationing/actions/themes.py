"""共性问题: a person confirms what the likeness of words proposes; a meeting answers it."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common import registry
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.org.models import Unit
from ronghe.stationing.actions.plan import person_of
from ronghe.stationing.actions.visits import LABEL, end
from ronghe.stationing.models import Point, Theme
from ronghe.stationing.permissions import may_confirm_theme
from ronghe.worklist.actions import settle_tasks


@action
def confirm_theme(area: Unit, *, title: str, proposal: str, points: Sequence[Point], by: Any) -> Theme:
    """Say that these problems are one; it waits for the 班子会 now."""
    require(may_confirm_theme, by, area)
    if not title.strip():
        raise ValidationError({"title": _("请用一句话写明共性问题。")})
    rows = list(Point.objects.select_for_update().filter(pk__in=[row.pk for row in points], area=area, theme=None))
    if len({row.unit_id for row in rows}) < 2:
        raise ValidationError({"points": _("至少要有两个班站反映。")})
    theme = Theme.objects.create(
        area=area, title=title.strip(), proposal=proposal.strip(), confirmed_by=person_of(by), confirmed_on=today()
    )
    for row in rows:
        row.theme = theme
        if row.state == Point.State.OPEN:
            row.send()  # the meeting is where it goes
            settle_tasks(row, result="已并入共性问题")
        row.save()
    record(by=by, verb="确认共性问题", obj=theme, area_id=area.pk, note=_("%(n)d 条") % {"n": len(rows)})
    return theme


@action
def set_apart(area: Unit, *, points: Sequence[Point], by: Any) -> int:
    """They are not one problem: they are not proposed together again."""
    require(may_confirm_theme, by, area)
    rows = list(Point.objects.select_for_update().filter(pk__in=[row.pk for row in points], area=area, theme=None, apart=False))
    for row in rows:
        row.apart = True
        row.save()
    if rows:
        record(by=by, verb="不是共性问题", obj=area, area_id=area.pk, note=";".join(row.text[:30] for row in rows)[:500])
    return len(rows)


@action
def close_theme(theme: Theme, *, result: str, by: Any, version: int | None = None) -> Theme:
    """It need not go before a meeting: the answer that the stations read."""
    theme = lock_row(theme, version=version)
    require(may_confirm_theme, by, theme)
    if theme.state != Theme.State.CONFIRMED:
        raise Refused(_("这个共性问题已经有结果。"))
    if not result.strip():
        raise ValidationError({"result": _("请写明答复,反映的班站会看到。")})
    theme.close()
    theme.result, theme.ended_on = result.strip()[:1000], today()
    theme.save()
    record(by=by, verb="共性问题不上会", obj=theme, area_id=theme.area_id, note=result)
    answer_points(theme, by=by)
    return theme


def answer_points(theme: Theme, *, by: Any) -> None:
    """The answer to the theme is the answer to each of its problems that stands nowhere else. Part of the caller's action."""
    points = [lock_row(row) for row in theme.points.filter(state=Point.State.SENT).order_by("pk")]
    pks = [row.pk for row in points]
    elsewhere = {*registry.find_cures(None, LABEL, pks), *registry.find_followed(None, LABEL, pks)}
    for point in points:
        if point.pk not in elsewhere:
            point.answer()
            end(point, f"共性问题:{theme.result}", by=by, verb="答复驻站问题")


@action
def resolve_theme(theme: Theme, *, result: str, by: Any) -> Theme:
    """A meeting has decided on it. Part of the meeting's action."""
    theme = lock_row(theme)
    if theme.state == Theme.State.CONFIRMED:
        theme.resolve()
        theme.result, theme.ended_on = result[:1000], today()
        theme.save()
        record(by=by, verb="共性问题已议定", obj=theme, area_id=theme.area_id, note=theme.result)
        answer_points(theme, by=by)
    return theme
