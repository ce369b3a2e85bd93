"""任职标准, the matrix of a role, successors."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.capability import actions, permissions
from ronghe.capability.forms import RequirementForm, SuccessorForm
from ronghe.capability.models import Requirement, Role, Successor
from ronghe.capability.queries import people as reading
from ronghe.capability.sheets import list_matrix
from ronghe.capability.views.steps import home_area, led_area, list_staff, take_step
from ronghe.common.access import access, require
from ronghe.common.calendar import today
from ronghe.common.exports import hand_out
from ronghe.common.forms import posted_version
from ronghe.common.once import new_key, submit_once
from ronghe.org.models import Post


@access(permissions.is_in_area)
def list_standards(request: HttpRequest) -> HttpResponse:
    """Show what each role asks, with its basis."""
    area = home_area(request)
    rows = list(Requirement.objects.visible_to(request.user).on(today()).filter(area=area))
    roles = [(role.label, [row for row in rows if row.role == role.value]) for role in Role]
    context = {"roles": roles, "may_set": permissions.may_set_standards(request.user, area), "once": new_key(), "empty": not rows}
    return render(request, "capability/standards.html", context)


@require_POST
@access(permissions.may_set_standards)
@submit_once
def adopt(request: HttpRequest) -> HttpResponse:
    """Take over the default standards."""
    count = actions.adopt_pack(led_area(request), by=request.user)
    messages.success(request, _("采用了 %(n)d 条默认标准,每条带依据,可以逐条改。") % {"n": count})
    return redirect("capability:standards")


@access(permissions.may_set_standards)
@submit_once
def new_requirement(request: HttpRequest) -> HttpResponse:
    """Ask something more of a role."""
    area = led_area(request)
    form = RequirementForm(request.POST or None, initial={"role": request.GET.get("role", "")})
    return take_step(
        request, form, lambda values: actions.set_requirement(area, by=request.user, **values), done=_("已保存,从今天起执行。"),
        heading=_("加一条标准"), back=reverse("capability:standards"),
    )  # fmt: skip


def get_requirement(request: HttpRequest, pk: int) -> Requirement:
    row = get_object_or_404(Requirement.objects.visible_to(request.user).select_related("area"), pk=pk)
    require(permissions.may_set_standards, request.user, row)
    return row


@access(permissions.may_set_standards)
@submit_once
def change_requirement(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask otherwise from today on; what was asked before stays readable."""
    row = get_requirement(request, pk)
    initial = {name: getattr(row, name) for name in RequirementForm.base_fields}  # type: ignore[attr-defined]
    return take_step(
        request, RequirementForm(request.POST or None, initial=initial),
        lambda values: actions.set_requirement(row.area, by=request.user, old=row, version=posted_version(request), **values),
        done=_("已保存,从今天起执行;以前的保留。"), heading=_("修改标准"), back=reverse("capability:standards"), version=row.version, about=row,
    )  # fmt: skip


@require_POST
@access(permissions.may_set_standards)
@submit_once
def end_requirement(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask it no longer."""
    actions.end_requirement(get_requirement(request, pk), by=request.user)
    messages.success(request, _("从明天起不再要求。"))
    return redirect("capability:standards")


def read_role(request: HttpRequest) -> Role:
    chosen = request.GET.get("role", "")
    return Role(chosen) if chosen in Role.values else Role.SECRETARY


@access(permissions.may_see_matrix)
def show_matrix(request: HttpRequest) -> HttpResponse:
    """Show how the holders of a role stand to what it asks: for the 班子."""
    area, day, role = led_area(request), today(), read_role(request)
    needs, rows = reading.build_matrix(area.pk, role.value, day)
    context = {"needs": needs, "rows": rows, "role": role, "roles": reading.sum_roles(area.pk, day)}
    return render(request, "capability/matrix.html", context)


@access(permissions.may_see_matrix)
def export_matrix(request: HttpRequest) -> FileResponse:
    """Hand out just what the page shows."""
    area, role = led_area(request), read_role(request)
    needs, rows = reading.build_matrix(area.pk, role.value, today())
    name = _("岗位与能力(%(role)s)") % {"role": role.label}
    return hand_out(request.user, what=name, sheets=[list_matrix(str(role.label), needs, rows)], name=name, area_id=area.pk)


@access(permissions.may_see_matrix)
def list_successors(request: HttpRequest) -> HttpResponse:
    """Show who could take each post; first those that nobody could."""
    area = led_area(request)
    context = {
        "lines": reading.list_successors(request.user, area.pk, today()), "once": new_key(),
        "may_name": permissions.may_name_successor(request.user, area),
    }  # fmt: skip
    return render(request, "capability/successors.html", context)


@access(permissions.may_name_successor)
@submit_once
def new_successor(request: HttpRequest, pk: int) -> HttpResponse:
    """Name who could take a post."""
    post = get_object_or_404(Post.objects.visible_to(request.user), pk=pk)
    require(permissions.may_name_successor, request.user, post)
    return take_step(
        request, SuccessorForm(request.POST or None, people=list_staff(post.area_id)),
        lambda values: actions.name_successor(post, by=request.user, **values), done=_("已列入。"),
        heading=_("后备:%(post)s") % {"post": post.title}, back=reverse("capability:successors"),
    )  # fmt: skip


@require_POST
@access(permissions.may_name_successor)
@submit_once
def end_successor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody off the list."""
    row = get_object_or_404(Successor.objects.visible_to(request.user).select_related("post", "person"), pk=pk)
    actions.end_successor(row, by=request.user)
    messages.success(request, _("不再列入,记录保留。"))
    return redirect("capability:successors")
