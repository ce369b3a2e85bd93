"""单位与岗位: the 系统管理员 keeps units, tracks and posts. Nothing is deleted; what ends has its last day."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.audit.queries import list_history
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.once import submit_once
from ronghe.org.actions import posts, tracks, units
from ronghe.org.areas import choose_area
from ronghe.org.kinds import ADMINISTRATORS
from ronghe.org.models import Appointment, PartyOrg, Post, Track, TrackPlace, Unit
from ronghe.org.packs import read_organisation
from ronghe.org.permissions import is_system_admin
from ronghe.org.queries import count_staff, keeps_structure, load_unit_states
from ronghe.org.standing import standing_of
from ronghe.org.structure_forms import (
    LastDayForm,
    MoveForm,
    NewPostForm,
    NewTrackForm,
    NewUnitForm,
    PlaceForm,
    PostForm,
    TrackForm,
    UnitForm,
)
from ronghe.org.views.forms import run_form

KIND_WORDS = {Unit.Kind.PLANT: "采油厂", Unit.Kind.AREA: "管理区", Unit.Kind.STATION: "班站", Unit.Kind.OFFICE: "组室"}


def get_area(request: HttpRequest) -> tuple[Unit, list[dict[str, Any]]]:
    """Return the area whose structure this administrator keeps, with the tabs of the others, or answer 404."""
    return choose_area(request, standing_of(request.user).areas_of("system_admin"))


def get_unit(request: HttpRequest, pk: int) -> Unit:
    """Fetch a unit whose structure this administrator keeps, or answer 404."""
    return get_object_or_404(Unit.objects.filter(keeps_structure(request.user)).select_related("area", "parent"), pk=pk)


def page_of(unit: Unit) -> str:
    return reverse("org:admin-unit", args=[unit.pk])


@access(is_system_admin)
def list_structure(request: HttpRequest) -> HttpResponse:
    """Show the units of an area with track, 党小组, people, vacant posts and what does not fit."""
    area, tabs = get_area(request)
    rows = list(Unit.objects.filter(area=area).annotate(headcount=count_staff()).order_by("closed_on", "order", "code"))
    states = load_unit_states(rows, today(), vacant=True)
    lines = [
        (unit.pk, unit.name, unit.code, unit.get_kind_display(), states[unit.pk], unit.closed_on)
        for unit in sorted(rows, key=lambda unit: (unit.closed_on is not None, unit.pk != area.pk))
    ]
    above = standing_of(request.user).holds_above("system_admin")
    context = {"area": area, "areas": tabs, "lines": lines, "plant": area.parent_id if above else None}
    return render(request, "org/admin_units.html", context)


@access(is_system_admin)
def show_structure(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one unit: its track now and before, its party organisation, its posts with holders."""
    unit = get_unit(request, pk)
    day = today()
    pack = read_organisation()
    held: dict[int, list[str]] = {}
    for row in Appointment.objects.on(day).filter(post__unit=unit).select_related("person"):
        held.setdefault(row.post_id, []).append(f"{row.person.name}(代理)" if row.acting else row.person.name)
    seats = [
        (
            post.pk,
            post.title,
            post.get_kind_display(),
            pack.name_committee(post.committee),
            held.get(post.pk, []),
            post.closed_on,
            post.kind,
        )
        for post in Post.objects.filter(unit=unit).order_by("closed_on", "order", "id")
    ]
    places = TrackPlace.objects.filter(unit=unit).select_related("track").order_by("-valid_from")
    context = {
        "unit": unit,
        "seats": seats,
        "fixed": ADMINISTRATORS,
        "places": list(places),
        "parties": list(PartyOrg.objects.filter(unit=unit).order_by("closed_on", "code")),
        "children": list(Unit.objects.filter(parent=unit, closed_on=None).exclude(pk=unit.pk)) if unit.kind == Unit.Kind.PLANT else [],
        "state": load_unit_states([unit], day)[unit.pk],
        "scored": unit.kind in (Unit.Kind.STATION, Unit.Kind.OFFICE),
        "history": list_history(unit),
    }
    return render(request, "org/admin_unit.html", context)


@access(is_system_admin)
@submit_once
def add_unit(request: HttpRequest) -> HttpResponse:
    """Add a unit below `?parent=`: a station or office of an area, or an area of the plant."""
    wanted = request.GET.get("parent", "")
    if not wanted.isdigit():
        raise Http404
    parent = get_unit(request, int(wanted))
    if parent.kind not in (Unit.Kind.PLANT, Unit.Kind.AREA):
        raise Http404
    form = NewUnitForm(request.POST or None, parent=parent)
    back = reverse("org:admin-units") + (f"?area={parent.pk}" if parent.kind == Unit.Kind.AREA else "")
    note = (
        _("新管理区按制度包建好赛道、党支部和班子岗位,再设班站和组室。")
        if parent.kind == Unit.Kind.PLANT
        else _("同时设好站长(主任)、填报人、员工岗位。")
    )
    return run_form(
        request,
        form,
        lambda **values: units.add_unit(parent, by=request.user, **values),
        heading=_("在“%(name)s”下设立单位") % {"name": parent.name},
        back=back,
        done=_("已设立。"),
        note=note,
    )


@access(is_system_admin)
@submit_once
def edit_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename or reorder a unit."""
    unit = get_unit(request, pk)
    initial = {"name": unit.name, "aliases": unit.aliases, "order": unit.order, "version": unit.version}
    return run_form(
        request,
        UnitForm(request.POST or None, initial=initial),
        lambda **values: units.change_unit(unit, by=request.user, **values),
        heading=_("修改“%(name)s”") % {"name": unit.name},
        back=page_of(unit),
        done=_("已保存。"),
    )


@access(is_system_admin)
@submit_once
def close_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a unit after its last day."""
    unit = get_unit(request, pk)
    return run_form(
        request,
        LastDayForm(request.POST or None, initial={"version": unit.version}),
        lambda **values: units.close_unit(unit, by=request.user, **values),
        heading=_("撤销“%(name)s”") % {"name": unit.name},
        back=page_of(unit),
        done=_("已撤销,以前的数据和名次都保留。"),
        note=_("赛道、岗位、党小组同时终止;还有人的单位不能撤销。"),
        button=_("撤销"),
    )


@access(is_system_admin)
@submit_once
def move_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a station to another area that this administrator keeps."""
    unit = get_unit(request, pk)
    areas = Unit.objects.filter(kind=Unit.Kind.AREA, closed_on=None).filter(keeps_structure(request.user)).exclude(pk=unit.area_id or 0)
    return run_form(
        request,
        MoveForm(request.POST or None, areas=areas, initial={"version": unit.version}),
        lambda **values: units.move_unit(unit, by=request.user, **values),
        heading=_("划转“%(name)s”") % {"name": unit.name},
        back=page_of(unit),
        done=_("已划转;请到新管理区给它安排赛道。"),
        note=_("人员、任职和党小组随单位转过去;以前的数据和名次留在原管理区。"),
        button=_("划转"),
    )


@access(is_system_admin)
@submit_once
def place_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a unit run in a track from a day on."""
    unit = get_unit(request, pk)
    return run_form(
        request,
        PlaceForm(request.POST or None, area_id=unit.area_id, initial={"version": unit.version}),
        lambda **values: tracks.place_unit(unit, by=request.user, **values),
        heading=_("“%(name)s”的赛道") % {"name": unit.name},
        back=page_of(unit),
        done=_("已安排。"),
        note=_("原来的赛道到前一天为止。"),
    )


@access(is_system_admin)
@submit_once
def leave_track(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a unit out of its track."""
    unit = get_unit(request, pk)
    return run_form(
        request,
        LastDayForm(request.POST or None, initial={"version": unit.version}),
        lambda **values: tracks.end_place(unit, by=request.user, **values),
        heading=_("“%(name)s”退出赛道") % {"name": unit.name},
        back=page_of(unit),
        done=_("已退出,此后不再排名。"),
        button=_("退出赛道"),
    )


@access(is_system_admin)
def list_tracks(request: HttpRequest) -> HttpResponse:
    """Show the tracks of an area and which units run in each today."""
    area, tabs = get_area(request)
    runs: dict[int, list[str]] = {}
    for row in TrackPlace.objects.on(today()).filter(track__area=area).select_related("unit").order_by("unit__order"):
        runs.setdefault(row.track_id, []).append(row.unit.name)
    lines = [(track.pk, track.name, track.code, runs.get(track.pk, [])) for track in Track.objects.filter(area=area)]
    return render(request, "org/admin_tracks.html", {"area": area, "areas": tabs, "lines": lines})


@access(is_system_admin)
@submit_once
def add_track(request: HttpRequest) -> HttpResponse:
    """Add a track to an area."""
    area, _tabs = get_area(request)
    return run_form(
        request,
        NewTrackForm(request.POST or None),
        lambda **values: tracks.add_track(area, by=request.user, **values),
        heading=_("在“%(name)s”设立赛道") % {"name": area.name},
        back=f"{reverse('org:admin-tracks')}?area={area.pk}",
        done=_("已设立。"),
    )


@access(is_system_admin)
@submit_once
def edit_track(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename or reorder a track."""
    track = get_object_or_404(Track.objects.filter(keeps_structure(request.user)), pk=pk)
    initial = {"name": track.name, "order": track.order, "version": track.version}
    return run_form(
        request,
        TrackForm(request.POST or None, initial=initial),
        lambda **values: tracks.change_track(track, by=request.user, **values),
        heading=_("修改赛道“%(name)s”") % {"name": track.name},
        back=f"{reverse('org:admin-tracks')}?area={track.area_id}",
        done=_("已保存。"),
    )


@access(is_system_admin)
@submit_once
def add_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Set up a post in a unit."""
    unit = get_unit(request, pk)
    return run_form(
        request,
        NewPostForm(request.POST or None, unit=unit),
        lambda **values: posts.add_post(unit, by=request.user, **values),
        heading=_("在“%(name)s”设立岗位") % {"name": unit.name},
        back=page_of(unit),
        done=_("已设立,请在「人员与任职」里任命。"),
        note=_("班子成员的岗位带着制度包里的支委职务,设立后可以修改。"),
    )


def get_post(request: HttpRequest, pk: int) -> Post:
    """Fetch a post that this administrator keeps: those of the three administrators are set with the unit."""
    rows = Post.objects.filter(keeps_structure(request.user)).exclude(kind__in=ADMINISTRATORS)
    return get_object_or_404(rows.select_related("unit"), pk=pk)


@access(is_system_admin)
@submit_once
def edit_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a post's title, and a leader's committee posts."""
    post = get_post(request, pk)
    initial = {"title": post.title, "committee": post.committee, "version": post.version}
    return run_form(
        request,
        PostForm(request.POST or None, kind=post.kind, initial=initial),
        lambda **values: posts.change_post(post, by=request.user, **{"committee": [], **values}),
        heading=_("修改岗位“%(title)s”") % {"title": post.title},
        back=page_of(post.unit),
        done=_("已保存。"),
    )


@access(is_system_admin)
@submit_once
def close_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a post after its last day."""
    post = get_post(request, pk)
    return run_form(
        request,
        LastDayForm(request.POST or None, initial={"version": post.version}),
        lambda **values: posts.close_post(post, by=request.user, **values),
        heading=_("撤销岗位“%(title)s”") % {"title": post.title},
        back=page_of(post.unit),
        done=_("已撤销,在任的人同时免职。"),
        button=_("撤销"),
    )
