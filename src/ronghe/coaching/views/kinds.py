"""措施种类: what there is, who may, on what grounds, what it demands."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.audit.queries import list_history
from ronghe.coaching import permissions
from ronghe.coaching.actions import kinds as write
from ronghe.coaching.forms.kinds import KindForm, RetireForm, ReviseForm, initial_of
from ronghe.coaching.models import Kind
from ronghe.coaching.queries.lists import describe_kind
from ronghe.coaching.views.steps import home_area, take_step
from ronghe.common.access import access
from ronghe.common.forms import posted_version
from ronghe.common.once import new_key, submit_once
from ronghe.org.models import Unit


@access(permissions.is_in_area)
def list_kinds(request: HttpRequest) -> HttpResponse:
    """Show the kinds in force: everybody of the area may know what can be done to whom, by whom and on what ground."""
    rows = Kind.objects.visible_to(request.user).filter(valid_to=None).annotate(used=Count("measures")).order_by("order", "code")
    context = {
        "lines": [describe_kind(row, row.used) for row in rows], "may_keep": permissions.may_keep_kinds(request.user), "once": new_key(),
    }  # fmt: skip
    return render(request, "coaching/kinds.html", context)


@access(permissions.may_keep_kinds)
@require_POST
@submit_once
def adopt(request: HttpRequest) -> HttpResponse:
    """Take over the pack."""
    count = write.adopt_kinds(get_object_or_404(Unit, pk=home_area(request)), by=request.user)
    messages.success(request, _("已采用 %(count)d 种措施,请对照本单位制度核对依据。") % {"count": count})
    return redirect("coaching:kinds")


@access(permissions.is_in_area)
def show_kind(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one kind in one version."""
    kind = get_object_or_404(Kind.objects.visible_to(request.user), pk=pk)
    others = Kind.objects.filter(area_id=kind.area_id, code=kind.code).exclude(pk=pk)
    context = {
        "kind": kind, "row": describe_kind(kind, kind.measures.count()), "others": others, "history": list_history(kind),
        "may_keep": kind.valid_to is None and permissions.may_keep_kinds(request.user, kind),
    }  # fmt: skip
    return render(request, "coaching/kind.html", context)


@access(permissions.may_keep_kinds)
@submit_once
def new_kind(request: HttpRequest) -> HttpResponse:
    """Add a kind of one's own."""
    area = get_object_or_404(Unit, pk=home_area(request))
    form = KindForm(request.POST or None, initial={"days": 10, "quiet_days": 60})
    return take_step(
        request, form, lambda values: write.add_kind(area, values, by=request.user), back=reverse("coaching:kinds"), done=_("已新增。"),
        heading=_("新增措施种类"), to=lambda kind: reverse("coaching:kind", args=[kind.pk]),
    )  # fmt: skip


@access(permissions.may_keep_kinds)
@submit_once
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the next version."""
    kind = get_object_or_404(Kind.objects.visible_to(request.user), pk=pk)
    form = ReviseForm(request.POST or None, initial=initial_of(kind))
    return take_step(
        request, form,
        lambda values: write.revise_kind(kind, values, reason=values.pop("reason"), by=request.user, version=posted_version(request)),
        back=reverse("coaching:kind", args=[pk]), done=_("已修订。"), heading=_("修订措施种类"), row_title=kind.name, version=kind.version,
        to=lambda made: reverse("coaching:kind", args=[made.pk]),
    )  # fmt: skip


@access(permissions.may_keep_kinds)
@submit_once
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Use a kind no more."""
    kind = get_object_or_404(Kind.objects.visible_to(request.user), pk=pk)
    return take_step(
        request, RetireForm(request.POST or None),
        lambda values: write.retire_kind(kind, by=request.user, version=posted_version(request), **values),
        back=reverse("coaching:kind", args=[pk]), done=_("已停用。"), heading=_("停用措施种类"), row_title=kind.name, version=kind.version,
    )  # fmt: skip
