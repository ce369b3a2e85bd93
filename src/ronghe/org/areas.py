"""Which 管理区 a page is about, for somebody who looks after more than one."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest

from ronghe.org.models import Unit


def choose_area(request: HttpRequest, area_ids: Iterable[int]) -> tuple[Unit, list[dict[str, Any]]]:
    """Return the area of `?area=` (else the first) and the tabs to change it, none for a single one. 404 where there is none. One query."""
    areas = list(Unit.objects.filter(pk__in=area_ids).order_by("order", "code"))
    wanted = request.GET.get("area", "")
    chosen = next((area for area in areas if str(area.pk) == wanted), None) if wanted else next(iter(areas), None)
    if chosen is None:
        raise Http404
    if len(areas) == 1:
        return chosen, []
    return chosen, [{"label": area.name, "url": f"?area={area.pk}", "active": area == chosen} for area in areas]
