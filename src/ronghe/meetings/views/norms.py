"""组织生活: fulfilled or missed, from records."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import Sheet, hand_out, mark_export
from ronghe.common.forms import read_number
from ronghe.meetings.permissions import may_read_norms
from ronghe.meetings.queries.norms import NormLine, load_lines
from ronghe.org.areas import choose_area
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of


def read_lines(request: HttpRequest) -> tuple[Unit, list[dict[str, object]], int, list[NormLine]]:
    """Return the chosen area, tabs to change it, the year and its norms."""
    standing = standing_of(request.user)
    area, tabs = choose_area(request, standing.readable_areas | standing.overseen_areas)
    wanted = read_number(request.GET.get("year", ""))
    year = wanted if wanted and 2000 <= wanted <= 2100 else today().year
    lines = load_lines([area.pk], year, today())
    unit = read_number(request.GET.get("unit", ""))
    return area, tabs, year, [line for line in lines if unit in (None, line.unit_id)]


@access(may_read_norms)
def show_norms(request: HttpRequest) -> HttpResponse:
    """Show each norm of each branch and group over the year."""
    area, tabs, year, lines = read_lines(request)
    return render(request, "meetings/norms.html", {"area": area, "tabs": tabs, "year": year, "lines": lines})


@access(may_read_norms)
def export_norms(request: HttpRequest) -> FileResponse:
    """Hand out just what the page shows."""
    area, _tabs, year, lines = read_lines(request)
    heads = [_("党组织"), _("会议"), _("要求"), _("应开"), _("已开"), _("缺"), _("各期"), _("依据")]
    cells = [
        [
            one.org,
            one.kind,
            one.norm,
            one.wanted,
            one.held,
            one.missed,
            " ".join(f"{name}{cell.text}" for name, cell in one.cells),
            one.basis,
        ]
        for one in lines
    ]
    sheet = Sheet(_("组织生活"), heads, cells)
    return hand_out(request.user, what=_("组织生活开展情况"), sheets=[sheet], name=f"组织生活-{year}", area_id=area.pk)


@access(may_read_norms)
def print_norms(request: HttpRequest) -> HttpResponse:
    """Print just what the page shows."""
    area, _tabs, year, lines = read_lines(request)
    context = {
        "lines": lines,
        "page_title": _("%(area)s%(year)s年组织生活开展情况") % {"area": area.name, "year": year},
        "back_url": reverse("meetings:norms"),
        "mark": mark_export(request.user, what=_("打印组织生活开展情况"), rows=len(lines), area_id=area.pk),
    }
    return render(request, "meetings/print_norms.html", context)
