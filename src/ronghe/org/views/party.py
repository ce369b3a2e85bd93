"""党组织: the 系统管理员 keeps 党小组 and who belongs to them from when to when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.audit.queries import list_history
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.once import submit_once
from ronghe.org.actions import party
from ronghe.org.models import Membership, PartyOrg
from ronghe.org.permissions import is_system_admin
from ronghe.org.queries import keeps_structure, load_unit_states, match_administered
from ronghe.org.structure_forms import ConfirmMemberForm, GroupForm, JoinForm, LastDayForm, PartyForm
from ronghe.org.views.forms import run_form
from ronghe.org.views.structure import get_unit, page_of


def get_party(request: HttpRequest, pk: int) -> PartyOrg:
    """Fetch a party organisation that this administrator keeps, or answer 404."""
    return get_object_or_404(PartyOrg.objects.filter(keeps_structure(request.user)).select_related("unit", "parent"), pk=pk)


def get_membership(request: HttpRequest, pk: int) -> Membership:
    rows = Membership.objects.filter(match_administered(request.user, ("system_admin",), field="group__area"))
    return get_object_or_404(rows.select_related("person", "group__unit"), pk=pk)


@access(is_system_admin)
def show_party(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a party organisation: its members now and before; for a branch, its groups."""
    row = get_party(request, pk)
    day = today()
    members = list(Membership.objects.filter(group=row).select_related("person__unit").order_by("-valid_from", "person__sort_key"))
    now_in = [one for one in members if one.valid_from <= day and (one.valid_to is None or one.valid_to >= day)]
    context = {
        "party": row,
        "lines": [(one, one.person.unit_id != row.unit_id) for one in now_in],
        "others": [one for one in members if one not in now_in],
        "groups": list(PartyOrg.objects.filter(parent=row).select_related("unit").order_by("closed_on", "code")),
        "mismatches": load_unit_states([row.unit], day)[row.unit_id].mismatches if row.kind == PartyOrg.Kind.GROUP else (),
        "history": list_history(row),
    }
    return render(request, "org/admin_party.html", context)


@access(is_system_admin)
@submit_once
def add_group(request: HttpRequest, pk: int) -> HttpResponse:
    """Found the 党小组 of a unit."""
    unit = get_unit(request, pk)
    return run_form(
        request,
        GroupForm(request.POST or None, initial={"name": f"{unit.name}党小组"}),
        lambda **values: party.add_group(unit, by=request.user, **values),
        heading=_("在“%(name)s”设立党小组") % {"name": unit.name},
        back=page_of(unit),
        done=_("已设立,请编入党员。"),
    )


@access(is_system_admin)
@submit_once
def edit_party(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a party organisation."""
    row = get_party(request, pk)
    return run_form(
        request,
        PartyForm(request.POST or None, initial={"name": row.name, "version": row.version}),
        lambda **values: party.change_party_org(row, by=request.user, **values),
        heading=_("修改“%(name)s”") % {"name": row.name},
        back=reverse("org:admin-party", args=[pk]),
        done=_("已保存。"),
    )


@access(is_system_admin)
@submit_once
def close_party(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a 党小组 after its last day."""
    row = get_party(request, pk)
    return run_form(
        request,
        LastDayForm(request.POST or None, initial={"version": row.version}),
        lambda **values: party.close_group(row, by=request.user, **values),
        heading=_("撤销“%(name)s”") % {"name": row.name},
        back=reverse("org:admin-party", args=[pk]),
        done=_("已撤销。"),
        button=_("撤销"),
    )


@access(is_system_admin)
@submit_once
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a member."""
    row = get_party(request, pk)
    return run_form(
        request,
        JoinForm(request.POST or None, group=row),
        lambda **values: party.join_group(values.pop("person"), row, by=request.user, **values),
        heading=_("编入“%(name)s”") % {"name": row.name},
        back=reverse("org:admin-party", args=[pk]),
        done=_("已编入。"),
        note=_("党员档案、发展党员、组织关系在正式系统里办;这里只登记谁在哪个党小组。"),
    )


@access(is_system_admin)
@submit_once
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """End a membership."""
    row = get_membership(request, pk)
    return run_form(
        request,
        LastDayForm(request.POST or None, initial={"version": row.person.version}),
        lambda **values: party.end_membership(row, by=request.user, **values),
        heading=_("%(name)s 转出“%(group)s”") % {"name": row.person.name, "group": row.group.name},
        back=reverse("org:admin-party", args=[row.group_id]),
        done=_("已转出。"),
        button=_("转出"),
    )


@access(is_system_admin)
@submit_once
def confirm_member(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a probationary member is a full one now."""
    row = get_membership(request, pk)
    return run_form(
        request,
        ConfirmMemberForm(request.POST or None, initial={"version": row.person.version}),
        lambda **values: party.confirm_member(row, by=request.user, **values),
        heading=_("登记 %(name)s 转正") % {"name": row.person.name},
        back=reverse("org:admin-party", args=[row.group_id]),
        done=_("已登记。"),
        note=_("转正由党员大会决定、上级审批,这里只登记结果。"),
    )
