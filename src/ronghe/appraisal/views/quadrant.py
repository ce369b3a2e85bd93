"""双挂钩: party work against business, each unit a point with its path over the quarters; the audit of 两张皮."""

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.appraisal.actions.norms import set_margin
from ronghe.appraisal.models.cycles import HEADS
from ronghe.appraisal.permissions import is_in_area, may_set_margin
from ronghe.appraisal.queries.quadrant import Quadrant, build_quadrant, find_margin, list_quarters, list_tracks
from ronghe.appraisal.rules.periods import name_period
from ronghe.appraisal.rules.quadrant import LEAST_UNITS
from ronghe.appraisal.views.steps import take_step
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import Sheet, hand_out
from ronghe.common.once import submit_once
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of


def load(request: HttpRequest) -> tuple[int, str, str, list[str], list[tuple[str, str]], Quadrant]:
    """Return area, track, quarter, the choices and the page; what the address asks for and is not there gives the newest and the first."""
    area = min(standing_of(request.user).readable_areas, default=0)
    quarters, (tracks, norm) = list_quarters(request.user, area), list_tracks(area)
    track = request.GET.get("track", "")
    track = track if track in dict(tracks) else (tracks[0][0] if tracks else "")
    quarter = request.GET.get("quarter", "")
    quarter = quarter if quarter in quarters else next(iter(quarters), "")
    upto = {one: runs for one, runs in quarters.items() if one <= quarter}
    page = build_quadrant(request.user, area, track, upto, norm)
    return area, track, quarter, list(quarters), tracks, page


@access(is_in_area)
def show(request: HttpRequest) -> HttpResponse:
    """Show the picture, its table, and the units whose two sides drift apart."""
    _area, track, quarter, quarters, tracks, page = load(request)
    context = {
        "page": page,
        "quarters": [(one, name_period(one), one == quarter) for one in quarters],
        "tracks": [(code, name, code == track) for code, name in tracks],
        "margin": f"{page.margin.normalize():f}",
        "may_set": may_set_margin(request.user),
        "least": LEAST_UNITS,
    }
    return render(request, "appraisal/quadrant.html", context)


class MarginForm(forms.Form):
    margin = forms.DecimalField(label=gettext_lazy("一侧高于、另一侧低于赛道中位各多少个百分点"), max_digits=4, decimal_places=1)
    basis = forms.CharField(label=gettext_lazy("依据"), max_length=300)


@access(may_set_margin)
@submit_once
def edit_margin(request: HttpRequest) -> HttpResponse:
    """Set by how much the two sides must drift apart to be named."""
    area = get_object_or_404(Unit, pk=min(standing_of(request.user).areas_of(HEADS), default=0))
    margin, basis = find_margin(area.pk)
    return take_step(
        request, MarginForm(request.POST or None, initial={"margin": margin, "basis": basis}),
        lambda values: set_margin(area, by=request.user, **values), done=_("已按新口径核查。"), back=reverse("appraisal:quadrant"),
        heading=_("两张皮核查口径"),
    )  # fmt: skip


@access(is_in_area)
def export(request: HttpRequest) -> FileResponse:
    """Hand out the table and the audit as a workbook."""
    area, _track, _quarter, _quarters, _tracks, page = load(request)
    heads = (_("单位"), *(f"{quarter} {_('党建/业务得分率')}" for quarter in page.quarters))
    table = Sheet(_("双挂钩"), heads, [[row.unit, *row.cells] for row in page.rows])
    audit = Sheet(
        _("两张皮核查"),
        (_("单位"), _("情况"), _("弱的一侧失分最多的指标")),
        [[one.unit, one.text, "、".join(one.indicators)] for one in page.splits],
    )
    return hand_out(request.user, what=_("双挂钩"), sheets=[table, audit], name=f"双挂钩-{today():%Y%m%d}", area_id=area or None)
