"""待办: my list and, for those who lead, the list of the station or the area."""

from datetime import date

from django import forms
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from ronghe.common.access import access, signed_in
from ronghe.common.calendar import today
from ronghe.common.lights import SOON_DAYS
from ronghe.common.pages import paginate
from ronghe.org.standing import standing_of
from ronghe.worklist.models import Task, TaskQuerySet
from ronghe.worklist.queries.due import count_lights, describe_task


class TaskFilter(forms.Form):
    scope = forms.ChoiceField(label=_("范围"), required=False, choices=[("", _("我的")), ("led", _("我负责的单位"))])
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("待办")), ("done", _("已办"))])
    light = forms.ChoiceField(
        label=_("灯"), required=False, choices=[("", _("全部")), ("r", _("红灯")), ("y", _("黄灯")), ("g", _("绿灯"))]
    )
    owner = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=_("事项"), required=False, max_length=50)


@access(signed_in)
def list_tasks(request: HttpRequest) -> HttpResponse:
    """Show tasks by date, with lights; filters: mine or those of the units that I lead, open or done, light, text."""
    form = TaskFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    standing = standing_of(request.user)
    rows = Task.objects.visible_to(request.user).select_related("owner", "unit")
    if chosen.get("scope") != "led":
        rows = rows.filter(owner_id=standing.person_id or 0)
    elif chosen.get("owner"):
        rows = rows.filter(owner_id=chosen["owner"])
    if chosen.get("text"):
        rows = rows.filter(title__icontains=chosen["text"])
    day = today()
    if chosen.get("state") == "done":
        rows = rows.exclude(state=Task.State.OPEN).order_by("-settled_at", "-id")
        lights = None
    else:
        rows = rows.open().order_by(F("due").asc(nulls_last=True), "id")
        lights = count_lights(rows, day)
        rows = filter_light(rows, chosen.get("light", ""), day)
    page = paginate(request, rows)
    lines = [describe_task(task, day) for task in page.object_list]
    leads = standing.is_leader or standing.holds(("station_chief", "group_leader"))
    return render(request, "worklist/list.html", {"form": form, "page": page, "lines": lines, "lights": lights, "leads": leads})


def filter_light(rows: TaskQuerySet, light: str, day: date) -> TaskQuerySet:
    """Keep the rows of one light: the same borders as common.lights."""
    soon = date.fromordinal(day.toordinal() + SOON_DAYS)
    if light == "r":
        return rows.filter(due__lt=day)
    if light == "y":
        return rows.filter(due__gte=day, due__lte=soon)
    if light == "g":
        return rows.exclude(due__lte=soon)
    return rows
