"""Whom the assessment tells what."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.assessment.models import Run, SchemeVersion
from ronghe.assessment.rules import describe_month
from ronghe.common.calendar import today
from ronghe.notices.actions import notify
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Appointment, Person
from ronghe.org.queries import list_holders

PUBLISHERS = ("branch_secretary", "area_manager", "deputy_business")
KIND = "考核"


def list_publishers(area_id: int, *, but: Any = None) -> list[Person]:
    """Return who may publish, without one account."""
    return [person for person in list_holders(PUBLISHERS, area_id=area_id, day=today()) if but is None or person.user_id != but.pk]


def announce_publication(run: Run, *, by: Any) -> None:
    """Tell each scored unit's leaders of its own page, and the 班子 of the ranking."""
    month = describe_month(run.period)
    title = _("%(month)s考核结果更正公示") if run.replaces_id else _("%(month)s考核结果公示")
    text = title % {"month": month}
    units = list(run.results.values_list("unit_id", flat=True))
    held = Appointment.objects.on(today()).filter(post__kind__in=("station_chief", "group_leader"), post__unit_id__in=units)
    people_of: dict[int, dict[int, Person]] = {}
    for row in held.select_related("person", "post"):
        people_of.setdefault(row.post.unit_id, {})[row.person_id] = row.person
    told: set[int] = set()
    for unit_id, people in people_of.items():
        path = reverse("assessment:station", args=[unit_id]) + f"?period={run.period}"
        notify(people.values(), kind=KIND, title=text, path=path, area_id=run.area_id, by=by)
        told |= people.keys()
    readers = list_holders((*LEADERS, "indicator_admin", "reviewer"), area_id=run.area_id, day=today())
    others = [person for person in readers if person.pk not in told and person.user_id != by.pk]
    notify(others, kind=KIND, title=text, path=ranking_path(run), area_id=run.area_id, by=by)


def ranking_path(run: Run) -> str:
    """Return the address of the ranking that the run shows."""
    return reverse("assessment:ranking") + f"?period={run.period}"


def announce_scheme(scheme: SchemeVersion, *, by: Any) -> None:
    """Tell all who are judged by it, and the author, that a scheme version is in force."""
    kinds = (*LEADERS, "indicator_admin", "reviewer", "station_chief", "group_leader")
    people = [person for person in list_holders(kinds, area_id=scheme.area_id, day=today()) if person.user_id != by.pk]
    title = _("考核方案发布:%(scheme)s,自 %(from)s 起执行") % {"scheme": str(scheme), "from": describe_month(scheme.valid_from)}
    notify(people, kind=KIND, title=title, path=reverse("assessment:scheme", args=[scheme.pk]), area_id=scheme.area_id, by=by)
