"""会议制度: the kinds with their rules and editions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.common.access import access, require
from ronghe.common.calendar import today
from ronghe.common.forms import read_version
from ronghe.common.once import new_key, submit_once
from ronghe.meetings.actions import kinds as keeping
from ronghe.meetings.forms import KindForm, QuorumForm
from ronghe.meetings.models import Kind
from ronghe.meetings.permissions import is_in_area, may_keep_kinds
from ronghe.meetings.rules.quorum import CLASSES, DECIDED
from ronghe.meetings.views.steps import home_area, take_step
from ronghe.org.kinds import POST_TITLES
from ronghe.org.standing import standing_of


@access(is_in_area)
def list_kinds(request: HttpRequest) -> HttpResponse:
    """Show the kinds in force."""
    rows = Kind.objects.on(today()).filter(area_id__in=standing_of(request.user).readable_areas)
    return render(request, "meetings/kinds.html", {"rows": rows, "may_keep": may_keep_kinds(request.user), "once": new_key()})


@require_POST
@access(may_keep_kinds)
@submit_once
def adopt(request: HttpRequest) -> HttpResponse:
    """Take the pack's kinds."""
    made = keeping.adopt_kinds(home_area(request), by=request.user)
    messages.success(request, _("已采用 %(n)d 类会议。") % {"n": len(made)})
    return redirect("meetings:kinds")


@access(is_in_area)
def show_kind(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one edition with its table and the other editions."""
    kind = get_object_or_404(Kind.objects.visible_to(request.user), pk=pk)
    context = {
        "kind": kind,
        "presiders": "、".join(str(POST_TITLES[code]) for code in kind.presiders),
        "quorums": kind.quorums.all(),
        "editions": Kind.objects.filter(area_id=kind.area_id, code=kind.code).order_by("-number"),
        "may_keep": kind.valid_to is None and may_keep_kinds(request.user, kind),
    }
    return render(request, "meetings/kind.html", context)


@access(may_keep_kinds)
@submit_once
def edit_kind(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the next edition."""
    kind = get_object_or_404(Kind.objects.visible_to(request.user), pk=pk)
    require(may_keep_kinds, request.user, kind)
    cells = {cell.matter_class: cell for cell in kind.quorums.all()}
    names = [name for name in KindForm.base_fields if hasattr(kind, name) and name not in ("valid_from", "reason")]
    form = KindForm(request.POST or None, initial={name: getattr(kind, name) for name in names})
    rows = [(code, CLASSES[code], QuorumForm(request.POST or None, prefix=code, initial=fill_cell(cells.get(code)))) for code in DECIDED]
    checked = [row.is_valid() for _code, _name, row in rows]
    if form.is_bound and not all(checked):
        form.add_error(None, _("请改正法定人数中标出的问题。"))

    def act(values: dict[str, Any]) -> None:
        used = [
            {"matter_class": code, **{name: value for name, value in row.cleaned_data.items() if name != "used"}}
            for code, _name, row in rows
            if row.cleaned_data["used"]
        ]
        given = {name: value for name, value in values.items() if name in keeping.EDITED}
        keeping.change_kind(
            kind, given, used, valid_from=values["valid_from"], reason=values["reason"], by=request.user, version=read_version(request)
        )

    return take_step(
        request,
        form,
        act,
        done=_("新版已建立。"),
        back=reverse("meetings:kinds"),
        heading=_("修订%(name)s") % {"name": kind.name},
        head={"kind": kind, "rows": rows},
        template="meetings/kind_edit.html",
    )


def fill_cell(cell: Any) -> dict[str, Any]:
    """Return what a cell of the table shows first."""
    if cell is None:
        return {
            "attend_strict": "1",
            "attend_numerator": 1,
            "attend_denominator": 2,
            "pass_strict": "1",
            "pass_numerator": 1,
            "pass_denominator": 2,
        }
    values = {name: getattr(cell, name) for name in QuorumForm.base_fields if name not in ("used", "attend_strict", "pass_strict")}
    strict = {name: "1" if getattr(cell, name) else "" for name in ("attend_strict", "pass_strict")}
    return {"used": True, **values, **strict}
