"""The sources of problems with their terms: data of the 管理区."""

from dataclasses import asdict

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ronghe.common.access import access
from ronghe.common.forms import PROBLEMS, show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of
from ronghe.rectification import actions, queries
from ronghe.rectification.forms import SourceForm
from ronghe.rectification.models import Source
from ronghe.rectification.permissions import may_set_sources


def get_area(request: HttpRequest) -> Unit:
    """Return the area whose sources the user sets."""
    areas = standing_of(request.user).areas_of((*LEADERS, "discipline_member"))
    return get_object_or_404(Unit, pk=min(areas, default=0))


@access(may_set_sources)
def list_sources(request: HttpRequest) -> HttpResponse:
    """Show the sources with their terms."""
    return render(request, "rectification/sources.html", {"rules": queries.list_sources(get_area(request).pk)})


@access(may_set_sources)
@submit_once
def edit_source(request: HttpRequest, code: str) -> HttpResponse:
    """Set the name and terms of one source; 'new' adds one."""
    area = get_area(request)
    rules = {rule.code: rule for rule in queries.list_sources(area.pk)}
    if code != "new" and code not in rules:
        raise Http404
    row = Source.objects.filter(area=area, code=code).first()
    initial = (
        asdict(rules[code]) if code in rules else {"cure_days": 30, "plan_days": 3, "verify_days": 3, "redo_days": 5, "watch_days": 90}
    )
    form = SourceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        version = request.POST.get("version", "")
        name = code if code != "new" else f"own-{len(rules) + 1}"
        try:
            actions.set_source(
                area=area, code=name, by=request.user, values=form.cleaned_data, version=int(version) if version.isdigit() else None
            )
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已保存,只影响以后提出的整改。"))
            return redirect("rectification:sources")
    context = {"form": form, "version": row.version if row else "", "once": request.POST.get("once") or new_key(), "code": code}
    return render(request, "rectification/source.html", context, status=422 if form.is_bound else 200)
