"""The demo's 晾晒: the newest published months shown to the area, one taken back first because of a wrong circle."""

from datetime import timedelta

from ronghe.assessment.models import Run
from ronghe.coaching.actions.displays import show_month, withdraw_display
from ronghe.figures.queries.periods import propose_dates
from ronghe.portal.demo.diary import Story
from ronghe.portal.demo.load import Loaded, moment_of
from ronghe.portal.demo.months import first_of_month, name_period, shift_month

BACK = 4  # months behind today, the last of which is not published yet
BASIS = "《党小组考核评价办法》月度晾晒的规定(待确认)"


def show_months(loaded: Loaded, area: str) -> Story:
    """Show each month two days after its result was published; the oldest first to the 班站长 alone, then to everybody."""
    today = loaded.world.today
    for back in range(BACK, 1, -1):
        period = name_period(shift_month(first_of_month(today), -back))
        day = propose_dates(period).closes_on + timedelta(days=2)
        if day > today:
            return
        yield moment_of(day, 10)
        run = Run.objects.filter(area=loaded.units[area], period=period).in_force().first()
        if run is None:
            return
        boss = loaded.holder("deputy_party" if area == "A1" else "branch_secretary", area, day)
        if back == BACK and area == "A1":
            wrong = show_month(run, scope="chiefs", names=False, basis=BASIS, by=boss)
            yield moment_of(day, 15)
            withdraw_display(wrong, reason="范围选错了:应给本管理区全体人员看。", by=boss)
        show_month(run, scope="area", names=area == "A1", basis=BASIS, by=boss)
