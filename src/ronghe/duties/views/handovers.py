"""交接: who hands over, all rows with their receivers in one form, the two signatures; AB 岗."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ronghe.audit.queries import list_history
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import mark_export
from ronghe.common.forms import PROBLEMS, show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.duties.actions import handovers as write
from ronghe.duties.forms import DeputyForm
from ronghe.duties.models import Handover, HandoverLine, StandingDeputy
from ronghe.duties.permissions import may_edit_matrix, may_hand_over, may_read_matrix
from ronghe.duties.queries.handovers import find_deputy, list_everything
from ronghe.duties.views.matrix import get_area
from ronghe.org.forms import PersonField, date_field
from ronghe.org.kinds import ADMINISTRATORS
from ronghe.org.models import Person, Post
from ronghe.org.standing import standing_of
from ronghe.rectification.queries import list_takers

TONES = {"planned": "yellow", "running": "blue", "returned": "green", "dropped": ""}


class HandoverForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=Handover.Kind.choices, initial="absence")
    starts_on = date_field(gettext_lazy("自"))
    ends_on = date_field(gettext_lazy("至(离岗)"), required=False)
    receiver = PersonField(label=gettext_lazy("全部交给"))
    note = forms.CharField(label=gettext_lazy("原因"), max_length=200)


class GiverForm(forms.Form):
    person = PersonField(label=gettext_lazy("移交人"))


@access(may_read_matrix)
def list_handovers(request: HttpRequest) -> HttpResponse:
    """Show the handovers that the user may read, and for whom one can be begun."""
    people = list_givers(request)
    form = GiverForm(request.GET if "person" in request.GET else None)
    form.fields["person"].offer(people)  # type: ignore[attr-defined]
    if form.is_bound and form.is_valid() and form.cleaned_data["person"] is not None:
        return redirect("duties:handover-new", person=form.cleaned_data["person"].pk)
    page = paginate(request, Handover.objects.visible_to(request.user).select_related("giver", "receiver"))
    context = {"page": page, "lines": [(row, TONES[row.state]) for row in page.object_list], "form": form, "people": people}
    return render(request, "duties/handovers.html", context)


def list_givers(request: HttpRequest) -> list[Person]:
    """Return the people whose things the user may hand over: the area's for those who lead it, the unit's for its chief, oneself."""
    standing = standing_of(request.user)
    people = Person.objects.visible_to(request.user).filter(left_on=None, user__isnull=False).select_related("unit")
    heads = standing.areas_of(("branch_secretary", "area_manager"))
    rows = people.filter(area_id__in=heads) if heads else people.filter(unit_id__in=standing.units_of("station_chief"))
    found = {person.pk: person for person in rows}
    own = people.filter(pk=standing.person_id or 0).first()
    return list({**({own.pk: own} if own else {}), **found}.values())


@access(may_hand_over)
@submit_once
def new_handover(request: HttpRequest, person: int) -> HttpResponse:
    """Show all that somebody holds and hand it over in one act: all to one, or row by row."""
    giver = get_object_or_404(Person.objects.visible_to(request.user).select_related("unit"), pk=person, left_on=None)
    if not may_hand_over(request.user, giver):
        return render(request, "403.html", {"reason": _("只有本人、班站长和书记、经理可以办理交接。")}, status=403)
    people = list(list_takers(giver.area_id or 0).exclude(pk=giver.pk).select_related("unit", "user"))
    lines = list_everything(giver.pk)
    deputy = find_deputy(giver.pk, today())
    form = HandoverForm(request.POST or None, initial={"starts_on": today(), "receiver": str(deputy.pk) if deputy else ""})
    form.fields["receiver"].offer(people)  # type: ignore[attr-defined]
    chosen = {line.name: request.POST.get(f"to:{line.name}", "") for line in lines}
    if request.method == "POST" and form.is_valid():
        by_pk = {str(one.pk): one for one in people}
        wishes = {name: by_pk[pk] for name, pk in chosen.items() if pk in by_pk}
        try:
            row = write.hand_over(giver, by=request.user, wishes=wishes, **form.cleaned_data)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已办理交接,请双方签字。") if row.state == "running" else _("已登记,到日期自动移交。"))
            return redirect("duties:handover", pk=row.pk)
    context = {
        "giver": giver,
        "form": form,
        "rows": [(line, chosen[line.name]) for line in lines],
        "people": [(str(one.pk), f"{one.name}({one.unit.name})") for one in people],
        "deputy": deputy,
        "once": request.POST.get("once") or new_key(),
    }
    return render(request, "duties/handover_form.html", context, status=422 if form.is_bound else 200)


def load(request: HttpRequest, pk: int) -> tuple[Handover, dict[str, Any]]:
    rows = Handover.objects.visible_to(request.user).select_related("giver__unit", "receiver", "area")
    row = get_object_or_404(rows, pk=pk)
    lines = list(HandoverLine.objects.filter(handover=row).select_related("receiver"))
    return row, {"row": row, "lines": lines, "tone": TONES[row.state]}


@access(may_read_matrix)
def show_handover(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one handover: what went to whom, what could not and why, who has signed."""
    row, context = load(request, pk)
    me = standing_of(request.user).person_id
    lines = context["lines"]
    signs = row.state in ("running", "returned") and (
        (row.giver_id == me and row.signed_at is None) or any(line.receiver_id == me and line.signed_at is None for line in lines)
    )
    context |= {
        "may_sign": signs,
        "may_finish": row.kind == "absence" and row.state == "running" and may_hand_over(request.user, row.giver),
        "may_drop": row.state == "planned" and may_hand_over(request.user, row.giver),
        "history": list_history(row),
        "once": new_key(),
    }
    return render(request, "duties/handover.html", context)


@access(may_read_matrix)
def print_handover(request: HttpRequest, pk: int) -> HttpResponse:
    """Print the 交接清单 for the file."""
    row, context = load(request, pk)
    mark = mark_export(request.user, what=_("打印交接清单"), rows=len(context["lines"]), area_id=row.area_id)
    return render(
        request,
        "duties/print_handover.html",
        {**context, "mark": mark, "page_title": _("工作交接清单"), "back_url": f"/duties/handovers/{pk}/"},
    )


@require_POST
@access(may_read_matrix)
@submit_once
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign as giver or receiver."""
    row, _context = load(request, pk)
    write.sign_handover(row, by=request.user)
    messages.success(request, _("已签字。"))
    return redirect("duties:handover", pk=pk)


@require_POST
@access(may_hand_over)
@submit_once
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """The giver is back."""
    row, _context = load(request, pk)
    write.finish_handover(row, by=request.user)
    messages.success(request, _("已交回,代理结束。"))
    return redirect("duties:handover", pk=pk)


@require_POST
@access(may_hand_over)
@submit_once
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it off before its day."""
    row, _context = load(request, pk)
    write.drop_handover(row, by=request.user)
    messages.success(request, _("已撤销。"))
    return redirect("duties:handover", pk=pk)


@access(may_read_matrix)
def list_deputies(request: HttpRequest) -> HttpResponse:
    """Show the AB 岗 of the leaders and chiefs."""
    area, tabs = get_area(request)
    posts = list(Post.objects.filter(area=area, closed_on=None).exclude(kind__in=("staff", *ADMINISTRATORS)).select_related("unit"))
    deputies = {row.post_id: row for row in StandingDeputy.objects.on(today()).filter(area=area).select_related("deputy__unit")}
    context = {
        "area": area,
        "areas": tabs,
        "lines": [(post, deputies.get(post.pk)) for post in posts],
        "may_edit": may_edit_matrix(request.user, area),
    }
    return render(request, "duties/deputies.html", context)


@access(may_edit_matrix)
@submit_once
def edit_deputy(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the B post of one post."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("unit"), pk=pk)
    others = (
        Post.objects.filter(area_id=post.area_id, closed_on=None)
        .exclude(pk=pk)
        .exclude(kind__in=("staff", *ADMINISTRATORS))
        .select_related("unit")
    )
    current = StandingDeputy.objects.filter(post=post, valid_to=None).first()
    form = DeputyForm(request.POST or None, posts=others, initial={"deputy": current.deputy_id if current else None})
    if request.method == "POST" and form.is_valid():
        try:
            write.set_deputy(post, form.cleaned_data["deputy"], by=request.user)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已保存。"))
            return redirect("duties:deputies")
    context = {"form": form, "post": post, "once": request.POST.get("once") or new_key()}
    return render(request, "duties/deputy.html", context, status=422 if form.is_bound else 200)
