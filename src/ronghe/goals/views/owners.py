"""我的目标, and each leader's page: business and party goals side by side (M16, P4); the 目标责任清单 in print."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from ronghe.common.access import access
from ronghe.common.exports import INTERNAL, name_reader, write_watermark
from ronghe.goals.models import Acceptance
from ronghe.goals.permissions import may_read_plans
from ronghe.goals.queries.owners import list_leaders, load_owner
from ronghe.goals.queries.tree import describe_goals, list_mine
from ronghe.org.models import Person
from ronghe.org.standing import standing_of


@access(may_read_plans)
def show_mine(request: HttpRequest) -> HttpResponse:
    """Show what I answer for, party work beside business, and what waits for my acceptance."""
    nodes = describe_goals(list(list_mine(request.user)[:200]))
    waiting = Acceptance.objects.filter(person_id=standing_of(request.user).person_id or 0, at=None, plan__state="issued").select_related(
        "plan"
    )
    return render(request, "goals/mine.html", {"sides": part_sides(nodes), "waiting": list(waiting), "nodes": nodes})


def part_sides(nodes: list[Any]) -> list[tuple[str, list[Any]]]:
    """Return business goals and party goals apart, both always there."""
    return [
        (_("业务目标"), [node for node in nodes if node.side == "business"]),
        (_("党建目标"), [node for node in nodes if node.side == "party"]),
    ]


@access(may_read_plans)
def show_leaders(request: HttpRequest) -> HttpResponse:
    """Show each leader with the lights of their goals, business and party work apart."""
    return render(request, "goals/leaders.html", {"lines": list_leaders(request.user)})


@access(may_read_plans)
def show_leader(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one leader's goals: business and party side by side, with the six parts of the plan."""
    owner = load_owner(request.user, find_person(request, pk))
    return render(request, "goals/leader.html", {"owner": owner, "sides": part_sides(owner.nodes)})


@access(may_read_plans)
def print_leader(request: HttpRequest, pk: int) -> HttpResponse:
    """Print a leader's 目标责任清单 (official style)."""
    owner = load_owner(request.user, find_person(request, pk))
    context = {
        "owner": owner,
        "sides": part_sides(owner.nodes),
        "page_title": _("%(name)s目标责任清单") % {"name": owner.person.name},
        "back_url": f"/goals/leaders/{pk}/",
        "mark": write_watermark(name_reader(request.user), INTERNAL),
    }
    return render(request, "goals/print_leader.html", context)


def find_person(request: HttpRequest, pk: int) -> Person:
    """Fetch a person of an area that the user reads, or answer 404."""
    return get_object_or_404(Person.objects.visible_to(request.user).select_related("unit", "area"), pk=pk)
