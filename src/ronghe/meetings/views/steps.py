"""What the pages lean on: fetching with the right to read, and a step with a form."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from ronghe.common import steps
from ronghe.common.calendar import today
from ronghe.meetings.models import Attendee, Item, Meeting
from ronghe.meetings.queries.lists import ITEM_TONES, TONES
from ronghe.org.models import Person, Unit
from ronghe.org.standing import standing_of


def get_meeting(request: HttpRequest, pk: int) -> Meeting:
    """Fetch a meeting that the user may read, or answer 404."""
    related = ("area", "unit", "party_org", "kind", "presider", "recorder")
    return get_object_or_404(Meeting.objects.visible_to(request.user).select_related(*related), pk=pk)


def get_item(request: HttpRequest, pk: int) -> Item:
    """Fetch an item that the user may read, or answer 404."""
    related = ("unit", "meeting__kind", "meeting__presider", "meeting__recorder", "meeting__unit", "reporter", "proposed_by", "origin_type")
    return get_object_or_404(Item.objects.visible_to(request.user).select_related(*related), pk=pk)


def list_people(area_id: int) -> list[Person]:
    """Return the people of an area who have not left, for choices. One query."""
    return list(Person.objects.filter(area_id=area_id, left_on=None, user__isnull=False))


def list_roll_people(meeting: Meeting) -> list[Person]:
    """Return who is on the roll, for choices. One query."""
    return [row.person for row in Attendee.objects.filter(meeting=meeting).select_related("person")]


def home_area(request: HttpRequest) -> Unit:
    """Return the area whose meetings the user works with: the own one. 404 for somebody without any."""
    standing = standing_of(request.user)
    own = standing.area_id if standing.area_id in standing.readable_areas else min(standing.readable_areas, default=0)
    return get_object_or_404(Unit, pk=own)


def show_meeting_head(meeting: Meeting) -> dict[str, Any]:
    """Return what stands above each form about a meeting."""
    return {"meeting": meeting, "tone": TONES[meeting.state], "late": meeting.is_ahead and meeting.held_on < today()}


def show_item_head(item: Item) -> dict[str, Any]:
    return {"item": item, "item_tone": ITEM_TONES[item.state], **(show_meeting_head(item.meeting) if item.meeting else {})}


def take_step(
    request: HttpRequest,
    form: Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    done: Any,
    back: str,
    heading: Any,
    head: dict[str, Any],
    template: str = "meetings/step.html",
    button: Any = "",
    **extra: Any,
) -> HttpResponse:
    """Carry out a form's action and go back; what the action refuses is shown at the form with everything typed kept."""
    return steps.take_step(
        request, form, act, done=done, back=back, template=template, describe=lambda: head, heading=heading, button=button, **extra
    )
