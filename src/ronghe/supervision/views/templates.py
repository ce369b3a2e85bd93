"""The editor of 工程类型: versions, roles, stages and forms; what is missing is told, and another person puts it in force."""

from copy import deepcopy
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.audit.queries import list_history
from ronghe.common.access import access, require
from ronghe.common.forms import posted_version
from ronghe.common.once import new_key, submit_once
from ronghe.org.models import Unit
from ronghe.supervision import permissions
from ronghe.supervision.actions import templates as write
from ronghe.supervision.forms.works import FormForm, RolesForm, StageForm, TypeForm
from ronghe.supervision.models.works import WorkVersion
from ronghe.supervision.queries import works as reading
from ronghe.supervision.rules.works import write_fields_text
from ronghe.supervision.views.steps import home_area, take_step


def get_area(request: HttpRequest) -> Unit:
    return get_object_or_404(Unit.objects.visible_to(request.user), pk=home_area(request))


def get_version(request: HttpRequest, pk: int) -> WorkVersion:
    return get_object_or_404(WorkVersion.objects.visible_to(request.user).select_related("type"), pk=pk)


@access(permissions.is_in_area)
def list_types(request: HttpRequest) -> HttpResponse:
    """Show the kinds of works with their versions."""
    context = {
        "versions": reading.list_versions(home_area(request)),
        "may_write": permissions.may_write_types(request.user),
        "once": new_key(),
    }
    return render(request, "supervision/types.html", context)


@require_POST
@access(permissions.may_write_types)
@submit_once
def adopt(request: HttpRequest) -> HttpResponse:
    """Take over the kinds of the pack as drafts."""
    count = write.adopt_types(get_area(request), by=request.user)
    messages.success(request, _("已采用 %(n)d 类,等另一位班子成员启用。") % {"n": count})
    return redirect("supervision:types")


@access(permissions.may_write_types)
@submit_once
def new_type(request: HttpRequest) -> HttpResponse:
    """Begin a kind of one's own."""
    return take_step(
        request, TypeForm(request.POST or None), lambda values: write.add_type(get_area(request), by=request.user, **values),
        back=reverse("supervision:types"), done=_("已建立,请写阶段和表单。"), heading=_("新建工程类型"),
        to=lambda row: reverse("supervision:version", args=[row.pk]),
    )  # fmt: skip


@access(permissions.is_in_area)
def show_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version: roles, stages, forms, and what is missing."""
    version, user = get_version(request, pk), request.user
    draft = version.state == WorkVersion.State.DRAFT
    roles = dict(version.roles)
    context = {
        "version": version,
        "roles": version.roles,
        "stages": [
            (n, stage, [(p, one, roles.get(one["fill"], "?"), roles.get(one["check"], "?")) for p, one in enumerate(stage["forms"])])
            for n, stage in enumerate(version.stages)
        ],
        "faults": write.list_faults(version) if draft else [],
        "may_write": draft and permissions.may_write_types(user, version),
        "may_publish": draft and permissions.may_publish_types(user, version) and user.pk not in version.writers,
        "may_draft": not draft and permissions.may_write_types(user, version),
        "history": list_history(version),
        "once": new_key(),
    }
    return render(request, "supervision/version.html", context)


@require_POST
@access(permissions.may_write_types)
@submit_once
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next version."""
    row = write.draft_version(get_version(request, pk), by=request.user)
    return redirect("supervision:version", pk=row.pk)


@require_POST
@access(permissions.may_publish_types)
@submit_once
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft in force."""
    write.publish_version(get_version(request, pk), by=request.user, revision=posted_version(request))
    messages.success(request, _("已启用,新的工程按这一版。"))
    return redirect("supervision:version", pk=pk)


def edit(request: HttpRequest, version: WorkVersion, form: Any, change: Any, *, heading: str, what: str) -> HttpResponse:
    """Carry out one change of a draft; `change(template, values)` changes a copy."""
    require(permissions.may_write_types, request.user, version)

    def act(values: dict[str, Any]) -> WorkVersion:
        template = deepcopy(version.template)
        change(template, values)
        return write.save_template(version, template, what=what, by=request.user, revision=posted_version(request))

    return take_step(
        request, form, act, back=reverse("supervision:version", args=[version.pk]), done=_("已保存。"), heading=heading,
        version=version.version, title=str(version),
    )  # fmt: skip


@access(permissions.may_write_types)
@submit_once
def edit_roles(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the roles."""
    version = get_version(request, pk)
    form = RolesForm(request.POST or None, initial={"roles": "\n".join(name for _code, name in version.roles)})
    return edit(request, version, form, lambda template, values: template.update(roles=values["roles"]), heading=_("角色"), what="角色")


def find_stage(version: WorkVersion, number: int) -> dict[str, Any]:
    if number >= len(version.stages):
        raise Http404
    return version.stages[number]


@access(permissions.may_write_types)
@submit_once
def add_stage(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a stage at the end."""
    version = get_version(request, pk)

    def change(template: dict[str, Any], values: dict[str, Any]) -> None:
        template.setdefault("stages", []).append({"name": values["name"], "days": values["days"], "forms": []})

    return edit(request, version, StageForm(request.POST or None), change, heading=_("增加阶段"), what="增加阶段")


@access(permissions.may_write_types)
@submit_once
def edit_stage(request: HttpRequest, pk: int, stage: int) -> HttpResponse:
    """Rename a stage or change its days; `remove` takes it away."""
    version = get_version(request, pk)
    old = find_stage(version, stage)
    form = StageForm(request.POST or None, initial={"name": old["name"], "days": old["days"]})
    return edit(
        request, version, form, lambda template, values: template["stages"][stage].update(values), heading=_("修改阶段"), what="修改阶段"
    )


@require_POST
@access(permissions.may_write_types)
@submit_once
def remove(request: HttpRequest, pk: int, stage: int) -> HttpResponse:
    """Take a stage, or one of its forms, out of a draft."""
    version = get_version(request, pk)
    find_stage(version, stage)
    require(permissions.may_write_types, request.user, version)
    template = deepcopy(version.template)
    place = request.POST.get("form", "")
    forms = template["stages"][stage]["forms"]
    if place.isdigit():
        if int(place) >= len(forms):
            raise Http404
        del forms[int(place)]
    else:
        del template["stages"][stage]
    write.save_template(
        version, template, what="删去表单" if place.isdigit() else "删去阶段", by=request.user, revision=posted_version(request)
    )
    return redirect("supervision:version", pk=pk)


def read_form(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in ("name", "fill", "check", "proof")} | {"fields": values["fields_text"]}


@access(permissions.may_write_types)
@submit_once
def add_form(request: HttpRequest, pk: int, stage: int) -> HttpResponse:
    """Add a form to a stage."""
    version = get_version(request, pk)
    find_stage(version, stage)
    return edit(
        request, version, FormForm(request.POST or None, roles=version.roles),
        lambda template, values: template["stages"][stage]["forms"].append(read_form(values)), heading=_("增加表单"), what="增加表单",
    )  # fmt: skip


@access(permissions.may_write_types)
@submit_once
def edit_form(request: HttpRequest, pk: int, stage: int, place: int) -> HttpResponse:
    """Change a form."""
    version = get_version(request, pk)
    forms = find_stage(version, stage)["forms"]
    if place >= len(forms):
        raise Http404
    old = forms[place]
    initial = {name: old[name] for name in ("name", "fill", "check")} | {
        "proof": old.get("proof", False), "fields_text": write_fields_text(old["fields"]),
    }  # fmt: skip
    form = FormForm(request.POST or None, roles=version.roles, initial=initial)

    def change(template: dict[str, Any], values: dict[str, Any]) -> None:
        template["stages"][stage]["forms"][place] = read_form(values)

    return edit(request, version, form, change, heading=_("修改表单"), what="修改表单")
