"""What the pay rules make of a round's signed results, pool by pool: computed when it is asked for, kept nowhere."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Avg

from ronghe.appraisal.models import Cycle, Outcome, PayPool, PayRule
from ronghe.appraisal.rules.pay import find_coefficient, find_factor, split_pool
from ronghe.appraisal.rules.periods import days_of
from ronghe.assessment.models import Result, Run
from ronghe.org.models import Appointment

CHIEFS = ("station_chief", "group_leader")
SIGNED = ("signed", "published")
WHOLE = "all"  # the code of a round's people together, where no pool is set up


@dataclass(frozen=True)
class PayLine:
    name: str
    number: str
    unit: str
    grade: str
    coefficient: Decimal | None
    because: str
    amount: Decimal | None


@dataclass
class PoolPay:
    """One pool of one round: its people with coefficients and, where an amount was given, the parts that add up to it."""

    code: str
    name: str
    cycle: Cycle
    rule: PayRule | None
    amount: Decimal | None
    lines: list[PayLine] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The name of its amount in an address: a round and a pool."""
        return f"{self.cycle.pk}-{self.code}"

    @property
    def rule_told(self) -> str:
        """Which rule applies, in words."""
        if self.rule is None:
            return ""
        whose = f"「{self.name}」自己的规则" if self.rule.pool_id else f"{self.cycle.template.name}的规则"
        return f"{whose}第 {self.rule.number} 版"

    @property
    def total(self) -> Decimal | None:
        return None if self.amount is None else sum((line.amount for line in self.lines if line.amount is not None), Decimal(0))

    @property
    def left_out(self) -> list[str]:
        return [line.name for line in self.lines if line.coefficient is None]


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


def load_led(cycle: Cycle, people: Sequence[int]) -> dict[int, int]:
    """Return person → the unit led in the period. One query."""
    first, last = days_of(cycle.period)
    held = Appointment.objects.between(first, last).filter(
        person_id__in=people, post__kind__in=CHIEFS, post__area_id=cycle.area_id
    )  # fmt: skip
    return dict(held.order_by("valid_from").values_list("person_id", "post__unit_id"))


def list_pay(cycle: Cycle, amounts: Callable[[str, str], Decimal | None]) -> list[PoolPay]:
    """Return the pools of a signed round, each with its people's coefficients. Five queries.

    `amounts(pool's code, key)` gives what a pool has to share, or None. Who has no coefficient gets no part; a pool's parts add up to its
    amount to the cent. Whoever is in no pool stands in a last block without a rule.
    """
    rules = PayRule.objects.filter(area_id=cycle.area_id, template_code=cycle.template.code, valid_to=None)
    by_pool = {rule.pool_id: rule for rule in rules.select_related("pool")}
    pools = list(PayPool.objects.filter(area_id=cycle.area_id, template_code=cycle.template.code, valid_to=None))
    outcomes = list(
        Outcome.objects.filter(report__cycle=cycle, current=True).select_related("report__person", "report__unit").order_by("report_id")
    )
    led = load_led(cycle, [one.report.person_id for one in outcomes])
    factors = load_factors(cycle)
    blocks, placed = [], set()
    for pool in pools:
        mine = [one for one in outcomes if one.report.unit.kind in pool.kinds]
        placed |= {one.pk for one in mine}
        rule = by_pool.get(pool.pk if pool.own_rule else None)
        blocks.append(PoolPay(pool.code, pool.name, cycle, rule, None))
        fill(blocks[-1], mine, led, factors, amounts)
    left = [one for one in outcomes if one.pk not in placed]
    if not pools:
        blocks.append(PoolPay(WHOLE, "全部", cycle, by_pool.get(None), None))
        fill(blocks[-1], left, led, factors, amounts)
    elif left:
        blocks.append(PoolPay("", "不在任何一池", cycle, None, None))
        fill(blocks[-1], left, led, factors, lambda _code, _key: None)
    return blocks


def fill(
    block: PoolPay, outcomes: Sequence[Outcome], led: Mapping[int, int], factors: Mapping[int, Any], amounts: Callable[[str, str], Any]
) -> None:
    """Put a pool's people into it, with coefficients and parts."""
    rule = block.rule
    bands = {one["grade"]: Decimal(str(one["coefficient"])) for one in rule.bands} if rule else {}
    share = rule.unit_share if rule else Decimal(0)
    found = [find_coefficient(one.grade, bands, share, factors.get(led.get(one.report.person_id, 0))) for one in outcomes]
    parts: list[Decimal | None] = [None] * len(found)
    block.amount = amounts(block.code, block.key) if rule else None
    if block.amount is not None:
        places = [place for place, one in enumerate(found) if one.value is not None]
        for place, amount in zip(places, split_pool(block.amount, [found[place].value or Decimal(0) for place in places]), strict=True):
            parts[place] = amount
    for one, made, part in zip(outcomes, found, parts, strict=True):
        person, because = one.report.person, made.because if rule else "没有适用的系数规则"
        block.lines.append(PayLine(person.name, person.number, one.report.unit.name, one.grade, made.value, because, part))


def list_rounds(user: Any) -> Any:
    """Return the signed rounds of the areas whose pay this person reads, the newest first. The own result is theirs to read there too."""
    areas = PayRule.objects.visible_to(user).filter(valid_to=None).order_by().values("area_id")
    return Cycle.objects.visible_to(user).filter(state__in=SIGNED, area_id__in=areas).select_related("template", "area")


def pick_year(user: Any, year: str) -> list[Cycle]:
    """Return of each template the newest signed round of a year."""
    newest: dict[str, Cycle] = {}
    for cycle in list_rounds(user).filter(period__startswith=year).order_by("period", "pk"):
        newest[f"{cycle.area_id}:{cycle.template.code}"] = cycle
    return list(newest.values())
