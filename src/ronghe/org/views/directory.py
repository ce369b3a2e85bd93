"""通讯录 and 组织: who works where and holds what; read by all of the area."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as lazy

from ronghe.audit.queries import list_history
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.links import link_to
from ronghe.common.pages import paginate
from ronghe.common.rows import Head, Link, build_heads, build_rows
from ronghe.org.forms import PeopleFilter
from ronghe.org.models import Appointment, Membership, PartyOrg, Person, TrackPlace, Unit
from ronghe.org.packs import read_organisation
from ronghe.org.permissions import is_in_area, is_upper_committee
from ronghe.org.queries import count_staff, load_unit_states, match_pinyin, name_posts

HEADS = (Head(lazy("姓名")), Head(lazy("单位")), Head(lazy("岗位")), Head(lazy("工号"), "hide-sm num"))


@access(is_in_area)
def list_people(request: HttpRequest) -> HttpResponse:
    """Show the people of one's area with the posts that they hold today."""
    units = Unit.objects.visible_to(request.user)
    form = PeopleFilter(request.GET, units=units)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = Person.objects.visible_to(request.user).filter(left_on=None).select_related("unit")
    if chosen.get("text"):
        rows = rows.filter(match_pinyin(chosen["text"]) | Q(number=chosen["text"].strip()))
    if chosen.get("unit"):
        rows = rows.filter(unit=chosen["unit"])
    page = paginate(request, rows)
    posts = name_posts([person.pk for person in page.object_list], today())
    lines = [
        (Link(link_to("org:person", person.pk), person.name), person.unit.name, "、".join(posts.get(person.pk, [])), person.number)
        for person in page.object_list
    ]
    table = {"heads": build_heads(HEADS), "rows": build_rows(HEADS, lines)}
    return render(request, "org/people.html", {"form": form, "page": page, "table": table})


@access(is_in_area)
def show_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one person: unit, posts now and before, party group."""
    person = get_object_or_404(Person.objects.visible_to(request.user).select_related("unit", "area"), pk=pk)
    day = today()
    appointments = list(Appointment.objects.filter(person=person).select_related("post__unit"))
    now_held = [row for row in appointments if row.valid_from <= day and (row.valid_to is None or row.valid_to >= day)]
    past = [row for row in appointments if row not in now_held]
    membership = Membership.objects.on(day).filter(person=person).select_related("group").first()
    context = {"person": person, "held": now_held, "past": past, "membership": membership, "history": list_history(person)}
    return render(request, "org/person.html", context)


@access(is_in_area | is_upper_committee)
def list_units(request: HttpRequest) -> HttpResponse:
    """Show the tree of units with track, party group and number of people."""
    day = today()
    visible = Unit.objects.visible_to(request.user).exclude(closed_on__lt=day)
    units = list(visible.select_related("area").annotate(headcount=count_staff()).order_by("area_id", "order", "code"))
    states = load_unit_states(units, day)
    lines = [(unit, unit.get_kind_display(), states[unit.pk]) for unit in units]
    return render(request, "org/units.html", {"lines": lines})


@access(is_in_area | is_upper_committee)
def show_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one unit: its posts with holders, its party group with members, its people."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user).select_related("area", "parent"), pk=pk)
    day = today()
    held = (
        Appointment.objects.on(day)
        .filter(post__unit=unit)
        .exclude(post__kind="staff")
        .select_related("post", "person")
        .order_by("post__order", "pk")
    )
    pack = read_organisation()
    holders = [(row, pack.name_committee(row.post.committee)) for row in held]
    group = PartyOrg.objects.filter(unit=unit).exclude(kind=PartyOrg.Kind.COMMITTEE).exclude(closed_on__lt=day).first()
    members = Membership.objects.on(day).filter(group=group).select_related("person").order_by("person__sort_key", "pk") if group else []
    track = TrackPlace.objects.on(day).filter(unit=unit).select_related("track").first()
    staff = Person.objects.visible_to(request.user).filter(unit=unit, left_on=None)
    context = {"unit": unit, "held": holders, "group": group, "members": list(members), "track": track, "staff": list(staff)}
    return render(request, "org/unit.html", context)
