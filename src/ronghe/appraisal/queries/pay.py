"""What a pay rule makes of a round's signed results: computed when it is asked for, kept nowhere."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Avg

from ronghe.appraisal.models import Cycle, Outcome, PayRule
from ronghe.appraisal.rules.pay import find_coefficient, find_factor, split_pool
from ronghe.appraisal.rules.periods import days_of
from ronghe.assessment.models import Result, Run
from ronghe.org.models import Appointment

CHIEFS = ("station_chief", "group_leader")


@dataclass(frozen=True)
class PayLine:
    name: str
    number: str
    unit: str
    grade: str
    coefficient: Decimal | None
    because: str
    amount: Decimal | None


def load_factors(cycle: Cycle) -> dict[int, Any]:
    """Return unit → how its mean total of the period stands to the mean of its track. One query."""
    first, last = days_of(cycle.period)
    rows = (
        Result.objects.filter(
            run__area_id=cycle.area_id, run__state__in=Run.IN_FORCE, run__period__gte=f"{first:%Y-%m}", run__period__lte=f"{last:%Y-%m}",
            total__isnull=False,
        )
        .order_by()
        .values_list("unit_id", "track")
        .annotate(mean=Avg("total"))
    )  # fmt: skip
    own, tracks = {}, defaultdict(list)
    for unit, track, mean in rows:
        own[unit] = (track, Decimal(str(mean)))
        tracks[track].append(Decimal(str(mean)))
    return {unit: find_factor(mean, sum(tracks[track], Decimal(0)) / len(tracks[track])) for unit, (track, mean) in own.items()}


def list_pay(cycle: Cycle, rule: PayRule, pool: Decimal | None) -> list[PayLine]:
    """Return everybody of a signed round with coefficient and, where a pool is given, the part of it. Three queries.

    Who has no coefficient gets no part; the parts add up to the pool to the cent.
    """
    bands = {one["grade"]: Decimal(str(one["coefficient"])) for one in rule.bands}
    outcomes = list(
        Outcome.objects.filter(report__cycle=cycle, current=True).select_related("report__person", "report__unit").order_by("report_id")
    )
    first, last = days_of(cycle.period)
    led: dict[int, int] = {}
    held = Appointment.objects.between(first, last).filter(
        person_id__in=[one.report.person_id for one in outcomes], post__kind__in=CHIEFS, post__area_id=cycle.area_id
    )
    for person, unit in held.order_by("valid_from").values_list("person_id", "post__unit_id"):
        led[person] = unit
    factors = load_factors(cycle) if rule.unit_share else {}
    found = [find_coefficient(one.grade, bands, rule.unit_share, factors.get(led.get(one.report.person_id, 0))) for one in outcomes]
    parts: list[Decimal | None] = [None] * len(found)
    if pool is not None:
        places = [place for place, one in enumerate(found) if one.value is not None]
        for place, amount in zip(places, split_pool(pool, [found[place].value or Decimal(0) for place in places]), strict=True):
            parts[place] = amount
    return [
        PayLine(
            one.report.person.name, one.report.person.number, one.report.unit.name, one.grade, made.value, made.because, amount
        )
        for one, made, amount in zip(outcomes, found, parts, strict=True)
    ]  # fmt: skip
