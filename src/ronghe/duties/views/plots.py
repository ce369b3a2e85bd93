"""责任田 (M12): each leader's plot on one page: party work and business side by side, and what grows badly."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.common import registry
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import mark_export
from ronghe.common.registry import Crop
from ronghe.duties.permissions import may_read_matrix, may_read_plots, may_see_person
from ronghe.duties.queries.findings import list_findings
from ronghe.duties.queries.matrix import list_matters_of, posts_of
from ronghe.duties.queries.picture import load_view
from ronghe.duties.views.matrix import get_area
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Appointment, Person

BAD = ("red",)


@access(may_read_plots)
def list_plots(request: HttpRequest) -> HttpResponse:
    """Show each leader with the number of matters of both sides and of what grows badly. A few queries for all."""
    area, tabs = get_area(request)
    held = Appointment.objects.on(today()).filter(post__area=area, post__kind__in=LEADERS).select_related("person", "post")
    matters = list_matters_of({row.post_id for row in held})
    late: dict[int, int] = {}
    for count in registry.matters.values():
        for one in count([area.pk]):
            if one.owner_id:
                late[one.owner_id] = late.get(one.owner_id, 0) + one.late
    lines: dict[int, list[Any]] = {}
    for row in held.order_by("post__order", "pk"):
        mine = {(one.pk, one.is_party) for one in matters if one.post == row.post_id}
        line = lines.setdefault(row.person_id, [row.person, "", 0, 0, late.get(row.person_id, 0)])
        line[1] = "、".join(filter(None, (line[1], row.post.title)))
        line[2] += sum(1 for _pk, party in mine if party)
        line[3] += sum(1 for _pk, party in mine if not party)
    return render(request, "duties/plots.html", {"area": area, "areas": tabs, "lines": list(lines.values())})


def load_plot(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Return one person's plot, for who may see it; else 404."""
    person = get_object_or_404(Person.objects.visible_to(request.user).select_related("unit"), pk=pk)
    if not may_see_person(request.user, person):
        raise Http404
    day = today()
    posts = posts_of(person.pk, day)
    matters = list_matters_of([post.pk for post in posts], day)
    found = list_findings(load_view(person.area_id or 0, day)).open
    crops: list[Crop] = [line for build in registry.crops.values() for line in build(request.user, person.pk)]
    counts = [one for count in registry.matters.values() for one in count([person.area_id or 0]) if one.owner_id == person.pk]
    return {
        "person": person,
        "titles": "、".join(post.title for post in posts) or person.unit.name,
        "sides": [
            (_("党建工作"), [row for row in matters if row.is_party]),
            (_("业务工作"), [row for row in matters if not row.is_party]),
        ],
        "faulty": {line.matter for line in found},
        "bad": [line for line in crops if line.light in BAD],
        "others": [line for line in crops if line.light not in BAD],
        "counts": counts,
    }


@access(may_read_matrix)
def show_plot(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one person's plot."""
    return render(request, "duties/plot.html", load_plot(request, pk))


@access(may_read_matrix)
def print_plot(request: HttpRequest, pk: int) -> HttpResponse:
    """Print one person's plot."""
    context = load_plot(request, pk)
    person = context["person"]
    mark = mark_export(request.user, what=_("打印责任田"), rows=1, area_id=person.area_id)
    title = _("%(name)s党建责任田") % {"name": person.name}
    return render(
        request, "duties/print_plot.html", {**context, "mark": mark, "page_title": title, "back_url": reverse("duties:plot", args=[pk])}
    )
