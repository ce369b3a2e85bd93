"""What the forecasts offer to the contexts below them, by the registry."""

from collections.abc import Iterable

from ronghe.common.registry import Forecast, Forecasts
from ronghe.outlook.models import Outlook
from ronghe.outlook.queries import keep_newest


def load_forecasts(area_id: int, indicator_ids: Iterable[int]) -> Forecasts:
    """Return (unit, indicator) → the newest forecast of an area. One query."""
    rows = keep_newest(Outlook.objects.filter(area_id=area_id, indicator_id__in=list(indicator_ids)))
    return {
        (unit, indicator): Forecast(period, estimate, low, high)
        for unit, indicator, period, estimate, low, high in rows.values_list("unit_id", "indicator_id", "period", "estimate", "low", "high")
    }
