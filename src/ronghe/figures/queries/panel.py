"""The workbench's part about figures: the months in which my units still owe some."""

from typing import Any

from ronghe.common.calendar import today
from ronghe.common.lights import light_for
from ronghe.figures.models import ReportingPeriod
from ronghe.figures.queries.progress import list_outstanding
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of


def build_panel(user: Any) -> dict[str, Any] | None:
    """Return one line for each open month and unit that the user reports and that is not complete; None without any.

    Two queries and five for each open month (ordinarily one); none for those who report nothing.
    """
    own = standing_of(user).units_of("reporter")
    if not own:
        return None
    day = today()
    lines = []
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=own)}
    for period in ReportingPeriod.objects.visible_to(user).filter(opens_on__lte=day, closes_on__gte=day):
        for pk, progress in list_outstanding(period, own).items():
            light = light_for(period.due_on, day)
            lines.append({"period": period, "unit": units[pk], "missing": progress.missing, "asked": progress.asked, "light": light})
    return {"lines": lines} if lines else None
