"""The demo's objections: one upheld with its correction and new run, one rejected, one that nobody has answered and that went up."""

from collections.abc import Generator
from datetime import date, datetime, timedelta
from decimal import Decimal

from ronghe.assessment.actions.objection_steps import escalate_late
from ronghe.assessment.actions.objections import object_to_mark, reject_objection, uphold_objection
from ronghe.assessment.actions.publication import finalise_run, publish_run
from ronghe.assessment.actions.runs import run_month
from ronghe.assessment.models import Mark, Objection, Run
from ronghe.assessment.queries.answerers import list_answerers
from ronghe.common.calendar import add_working_days
from ronghe.figures.actions.reviews import confirm_batch
from ronghe.figures.queries.periods import propose_dates
from ronghe.goals.models import Indicator
from ronghe.portal.demo.diary import Story
from ronghe.portal.demo.load import Loaded, moment_of
from ronghe.worklist.models import Task

# months back: (unit, what becomes of it)
STORY = {4: [("A1-CY1", "rejected")], 3: [("A1-CY4", "upheld")], 2: [("A1-CY2", "open")]}


def object_in_month(loaded: Loaded, area: str, period: str, back: int) -> list[Story]:
    """Return the stories of what the units of the area objected to in a month."""
    return [object_once(loaded, area, period, unit, end) for unit, end in STORY.get(back, []) if unit.startswith(f"{area}-")]


def object_once(loaded: Loaded, area: str, period: str, unit: str, end: str) -> Story:
    """Live through one objection at its dates; none where they lie ahead."""
    published = propose_dates(period).closes_on
    days = [add_working_days(published, number) for number in range(8)]
    if days[7] > loaded.world.today:
        return
    yield moment_of(days[2], 9)
    run = Run.objects.in_force().filter(area=loaded.units[area], period=period).first()
    mark = find_mark(run, loaded.units[unit].pk) if run is not None else None
    if mark is None:
        return
    row = yield from ask(loaded, mark, unit, days[2])
    if end == "rejected":
        yield from answer(loaded, row, days[4], None)
    elif end == "upheld":
        yield from answer(loaded, row, days[4], name_right(mark))
        yield from correct(loaded, area, row, days[5], days[6])
    else:
        late = add_working_days(row.due or days[5], 1)
        yield moment_of(late, 6)
        escalate_late(late)


def find_mark(run: Run, unit_id: int) -> Mark | None:
    """Return the unit's mark that lost most among those with a figure and a target."""
    marks = Mark.objects.filter(run=run, unit_id=unit_id, lost__gt=0, actual__isnull=False, target__isnull=False)
    return marks.select_related("run__scheme", "unit").order_by("-lost", "order").first()


def name_right(mark: Mark) -> Decimal:
    """Return a figure a little better than the one that was reported."""
    indicator = Indicator.objects.get(area_id=mark.run.area_id, code=mark.indicator)
    actual, step = Decimal(mark.actual or 0), Decimal(1).scaleb(-indicator.decimals)
    better = 1 if indicator.direction == Indicator.Direction.UP else -1
    return (actual + better * max(abs(actual) * Decimal("0.02"), step)).quantize(step)


def ask(loaded: Loaded, mark: Mark, unit: str, day: date) -> Generator[datetime, None, Objection]:
    chief = loaded.world.find_holders("station_chief", unit, day)[0]
    proof = "现场签认单\n(演示数据中的证明材料,内容从略)\n".encode()
    yield moment_of(day, 10)
    return object_to_mark(
        mark, reason="上报时漏计了月末两天的数,现场签认单可以证明。", proof=(proof, "现场签认单.txt"), by=loaded.user(chief)
    )


def answer(loaded: Loaded, row: Objection, day: date, right: Decimal | None) -> Story:
    """Have the first of those who may answer do so: with the right figure, or that the mark stands."""
    yield moment_of(day, 15)
    by = loaded.user(list_answerers(row.mark, asker=row.asked_by_id)[0].number)
    if right is None:
        reject_objection(row, answer="已核对日报与签认单,月末两天已计入,数值无误。", by=by)
    else:
        uphold_objection(row, fault="figure", right=right, answer="核对签认单与日报,确有漏计,按签认数更正。", by=by)


def correct(loaded: Loaded, area: str, row: Objection, confirmed: date, ran: date) -> Story:
    """Confirm the correction, run the month again, publish it beside the old result."""
    row.refresh_from_db(fields=["batch"])
    if row.batch is None:
        return
    yield moment_of(confirmed, 10)
    reviewer = Task.objects.from_origin(row.batch).open().select_related("owner").order_by("pk")[0].owner
    confirm_batch(row.batch, by=loaded.user(reviewer.number))
    yield moment_of(ran, 9)
    admin = loaded.holder("indicator_admin", area, ran)
    run = run_month(loaded.units[area], row.run.period, by=admin, reason=f"异议 {row.number} 成立")
    yield moment_of(ran, 15)
    run = publish_run(run, by=loaded.holder("branch_secretary", area, ran))
    final = (run.shown_until or ran) + timedelta(days=1)
    if final <= loaded.world.today:
        yield moment_of(final, 8)
        finalise_run(run, by=loaded.holder("branch_secretary", area, final))
