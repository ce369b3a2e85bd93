"""Who may answer an objection: somebody who neither made, confirmed nor computed what is doubted, nor belongs to the unit."""

from typing import Any

from ronghe.assessment.models import Mark
from ronghe.common.calendar import today
from ronghe.figures.models import Adjustment, Batch, Figure
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Appointment, Person
from ronghe.org.queries import list_holders

ANSWERERS = ("reviewer", "indicator_admin", "discipline_member", "deputy_business")
# who answers where none of these is free, and to whom it goes up when nobody has answered in time
SUPERIORS = (("branch_secretary",), ("area_manager",), LEADERS)


def list_barred(mark: Mark, *, asker: Any = None) -> set[int]:
    """Return the accounts that had a hand in the mark: wrote, confirmed, granted, computed, or ask. Three queries."""
    run = mark.run
    barred = {run.author_id}
    if asker is not None:
        barred.add(asker if isinstance(asker, int) else asker.pk)
    # a correction that is only proposed shuts nobody out: who proposed it goes on with it
    figures = Figure.objects.filter(
        unit_id=mark.unit_id, indicator__code=mark.indicator, period=run.period, area_id=run.area_id, batch__state=Batch.State.CONFIRMED
    )
    for author, hands, decider in figures.values_list("batch__author_id", "batch__hands", "batch__decided_by_id"):
        barred |= {author, *hands, decider}
    adjusted = Adjustment.objects.filter(
        unit_id=mark.unit_id, indicator__code=mark.indicator, period=run.period, state=Adjustment.State.APPROVED
    )
    for asked, decided in adjusted.values_list("asked_by_id", "decided_by_id"):
        barred |= {asked, decided}
    return {pk for pk in barred if pk is not None}


def list_free(kinds: tuple[str, ...], mark: Mark, barred: set[int]) -> list[Person]:
    """Return the holders of these posts who had no hand in the mark and are not of its unit."""
    held = list_holders(kinds, area_id=mark.run.area_id, day=today())
    own = Appointment.objects.on(today()).filter(post__unit_id=mark.unit_id).values("person_id")
    return list(held.exclude(user=None).exclude(user_id__in=barred).exclude(unit_id=mark.unit_id).exclude(pk__in=own))


def list_answerers(mark: Mark, *, asker: Any) -> list[Person]:
    """Return who is asked to answer: the free ones of the posts that judge figures, else the next superior who is free.

    The last reviewer of an area never answers: somebody must be left to confirm the correction.
    """
    barred = list_barred(mark, asker=asker)
    free = list_free(ANSWERERS, mark, barred)
    reviewers = {person.pk for person in list_holders("reviewer", area_id=mark.run.area_id, day=today())}
    if len(reviewers) == 1:
        free = [person for person in free if person.pk not in reviewers]
    return free or find_superiors(mark, asker=asker, barred=barred)


def find_superiors(mark: Mark, *, asker: Any, barred: set[int] | None = None) -> list[Person]:
    """Return to whom an objection goes up: the secretary, else the manager, else any of the 班子 who had no hand in it."""
    shut = list_barred(mark, asker=asker) if barred is None else barred
    for kinds in SUPERIORS:
        free = list_free(kinds, mark, shut)
        if free:
            return free
    return []
