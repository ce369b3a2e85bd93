"""纪检日常: what the 纪检小组 has to do, its log, the counts for all, and names for the few, each reading with a reason."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.audit.queries import list_history
from ronghe.common.access import access, require
from ronghe.common.calendar import today
from ronghe.common.exports import hand_out
from ronghe.common.forms import PROBLEMS, show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.org.models import Person
from ronghe.supervision import permissions
from ronghe.supervision.actions import daily as write
from ronghe.supervision.forms.checks import LogForm, NamesForm
from ronghe.supervision.models.checks import Check, LogEntry, NameReading
from ronghe.supervision.queries import checks as reading
from ronghe.supervision.sheets import list_counts_sheet
from ronghe.supervision.views.steps import home_area, list_area_units, take_step

MONTHS = 12


@access(permissions.may_read_daily)
def show_daily(request: HttpRequest) -> HttpResponse:
    """Show what is to be checked, the log for who may read it, and the months in counts."""
    day = today()
    mine = Check.objects.visible_to(request.user).open().filter(checker_id=getattr(request.user, "person", None))
    page = paginate(request, LogEntry.objects.visible_to(request.user).select_related("unit", "by"))
    may_keep = permissions.may_keep_log(request.user)
    context = {
        "due": [reading.describe_check(row, day) for row in mine.select_related(*reading.RELATED).order_by("due", "id")[:20]],
        "page": page,
        "months": reading.count_months(home_area(request), reading.list_past_months(day, MONTHS)),
        "may_keep": may_keep,
        "may_read": bool(page.object_list) or may_keep,
    }
    return render(request, "supervision/daily.html", context)


@access(permissions.may_read_daily)
def export_counts(request: HttpRequest) -> FileResponse:
    """Hand out the counts and rates of the last months."""
    area_id = home_area(request)
    sheet = list_counts_sheet(reading.count_months(area_id, reading.list_past_months(today(), MONTHS)))
    return hand_out(request.user, what=_("监督情况统计"), sheets=[sheet], name=f"监督情况统计-{today():%Y%m%d}", area_id=area_id or None)


@access(permissions.may_keep_log)
@submit_once
def new_entry(request: HttpRequest) -> HttpResponse:
    """Write an entry of the log."""
    people = Person.objects.visible_to(request.user).filter(area_id=home_area(request), left_on=None)
    form = LogForm(request.POST or None, units=list_area_units(request), people=people, initial={"day": today()})
    return take_step(
        request, form, lambda values: write.keep_log(values.pop("unit"), by=request.user, **values | {"people": list(values["people"])}),
        back=reverse("supervision:daily"), done=_("已记录。"), heading=_("记一笔日常监督"),
    )  # fmt: skip


@access(permissions.may_read_daily)
@submit_once
def show_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one entry; names only after a reason was given, and not kept on the page's address."""
    entry = get_object_or_404(LogEntry.objects.visible_to(request.user).select_related("unit", "by"), pk=pk)
    form, names = NamesForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        require(permissions.may_read_log, request.user, entry)
        try:
            names = write.read_names(entry, reason=form.cleaned_data["reason"], by=request.user)
        except PROBLEMS as problem:
            show_problem(form, problem)
    context = {
        "entry": entry,
        "has_names": entry.people.exists(),
        "names": names,
        "form": NamesForm() if names is not None else form,
        "readings": NameReading.objects.visible_to(request.user).filter(entry=entry).select_related("by"),
        "history": list_history(entry),
        "once": new_key(),
    }
    response = render(request, "supervision/entry.html", context, status=422 if form.is_bound and names is None else 200)
    response["Cache-Control"] = "private, no-store"
    return response
