"""The demo's 追标方案: a station that took the cheapest way to the next place and was judged by the month that came, and two under way."""

from ronghe.assessment.actions.chases import save_chase
from ronghe.assessment.models import Run
from ronghe.assessment.queries.chase import build_chase, search
from ronghe.assessment.queries.chases import propose_owners
from ronghe.assessment.rules import shift_month
from ronghe.common.calendar import add_working_days
from ronghe.figures.queries.periods import propose_dates
from ronghe.portal.demo.diary import Story
from ronghe.portal.demo.load import Loaded, moment_of

# months back: (unit, months until it is to be reached, measures)
STORY = {
    4: [("A1-CY1", 1, "对照二站做法,每周一对账;上级部署事项落实到人,班前会通报。")],
    3: [("A1-CY3", 1, "质量抽检两处薄弱环节逐项过,产量按日盯。"), ("A1-CY4", 1, "")],
    2: [("A1-CY6", 2, "隐患当班整改,质量抽检前自查,成本按井分摊。"), ("A1-CY1", 2, "")],
}


def chase_from_month(loaded: Loaded, area: str, period: str, back: int) -> list[Story]:
    """Return the stories of the plans that the units of the area made from a month's result."""
    rows = STORY.get(back, [])
    return [chase_once(loaded, area, period, *row) for row in rows if row[0].startswith(f"{area}-")]


def chase_once(loaded: Loaded, area: str, period: str, code: str, ahead: int, note: str) -> Story:
    """The station's chief takes the cheapest way to the next place, the day after the publication."""
    from ronghe.scoring.chase import Goal  # noqa: PLC0415  (loads the kernel)

    day = add_working_days(propose_dates(period).closes_on, 1)
    if day > loaded.world.today:
        return
    yield moment_of(day, 10, 20)
    run = Run.objects.in_force().select_related("scheme").get(area=loaded.units[area], period=period)
    unit = loaded.units[code]
    user = loaded.user(loaded.world.find_holders("station_chief", code, day)[0])
    page = build_chase(run, unit, user)
    if page is None or not page.result.place or page.result.place == 1:
        return
    plan = search(run, page, Goal(place=page.result.place - 1))
    if plan.state != "reached":
        return
    sides = {line.code: line.side for line in page.lines}
    owners = propose_owners(unit, {step.indicator: sides[step.indicator] for step in plan.steps})
    save_chase(
        unit, run, values={step.indicator: step.after for step in plan.steps}, owners=owners,
        month=shift_month(period, ahead), aim="place", note=note, by=user,
    )  # fmt: skip
