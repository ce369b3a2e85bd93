"""周督办: the board of a week, its sheet, one item, and the page on which an owner says a line of each."""

from datetime import date, timedelta
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.audit.queries import list_history
from ronghe.common import registry
from ronghe.common.access import access, require
from ronghe.common.calendar import today
from ronghe.common.exports import hand_out, mark_export
from ronghe.common.forms import posted_version
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.org.models import Person, Unit
from ronghe.rectification.views.items import find_origin
from ronghe.supervision import permissions
from ronghe.supervision.actions import boards as write
from ronghe.supervision.forms.boards import (
    BoardFilter,
    BoardForm,
    CommentForm,
    MoveForm,
    ReasonForm,
    ReassignForm,
    ReportForm,
    ResultForm,
    WeekForm,
)
from ronghe.supervision.kinds import SOURCE_OF_ORIGIN
from ronghe.supervision.models import BoardItem, BoardWeek
from ronghe.supervision.queries import boards as reading
from ronghe.supervision.rules.boards import monday_of, sunday_of
from ronghe.supervision.sheets import list_board
from ronghe.supervision.views.steps import home_area, list_area_units, list_people, take_step

MOST_PRINTED, MOST_EXPORTED = 500, 5000


def read_week(request: HttpRequest) -> date:
    """Return the Monday of the week that the address asks for; this week's without one, and never a later one."""
    try:
        return monday_of(min(date.fromisoformat(request.GET.get("week", "")), today()))
    except ValueError:
        return monday_of(today())


def read_board(request: HttpRequest) -> tuple[BoardFilter, date, Any, Any]:
    """Return the filter, the week, its items and those that the filter keeps."""
    week, day = read_week(request), today()
    rows = reading.list_in_week(request.user, week)
    units = Unit.objects.filter(pk__in=rows.order_by().values("unit_id")).values_list("pk", "name")
    owners = Person.objects.filter(pk__in=rows.order_by().values("owner_id")).values_list("pk", "name")
    form = BoardFilter(request.GET, units=units, owners=owners)
    chosen = form.cleaned_data if form.is_valid() else {}
    return form, week, rows, reading.filter_items(rows, chosen, request.user, day)


@access(permissions.is_in_area)
def show_board(request: HttpRequest) -> HttpResponse:
    """Show a week's board: what is red first."""
    form, week, rows, kept = read_board(request)
    page, day = paginate(request, kept), today()
    items = list(page.object_list)
    this = monday_of(day)
    context = {
        "form": form,
        "page": page,
        "lines": reading.describe_items(items, week, day),
        "counts": reading.count_lights(rows, day),
        "week": week,
        "sunday": sunday_of(week),
        "is_this_week": week == this,
        "earlier": week - timedelta(days=7),
        "later": week + timedelta(days=7) if week < this else None,
        "note": BoardWeek.objects.visible_to(request.user).filter(area_id=home_area(request), week=week).select_related("note_by").first(),
        "may_open": permissions.may_open_board(request.user),
        "may_note": permissions.may_note_week(request.user) and week == this,
        "owned": any(one.owner_id == getattr(getattr(request.user, "person", None), "pk", 0) for one in items),
        "is_filtered": any(request.GET.get(name) for name in form.fields if name != "week"),
    }
    return render(request, "supervision/board.html", context)


@access(permissions.is_in_area)
def export_board(request: HttpRequest) -> FileResponse:
    """Hand out just what the board shows."""
    _form, week, _rows, kept = read_board(request)
    lines = reading.describe_items(list(kept[:MOST_EXPORTED]), week, today())
    return hand_out(
        request.user,
        what=_("周督办表"),
        sheets=[list_board(lines, week)],
        name=f"周督办表-{week:%Y%m%d}",
        area_id=home_area(request) or None,
    )


@access(permissions.is_in_area)
def print_board(request: HttpRequest) -> HttpResponse:
    """Print the week's sheet."""
    _form, week, _rows, kept = read_board(request)
    lines = reading.describe_items(list(kept[:MOST_PRINTED]), week, today())
    area_id = home_area(request)
    context = {
        "lines": lines,
        "week": week,
        "sunday": sunday_of(week),
        "note": BoardWeek.objects.visible_to(request.user).filter(area_id=area_id, week=week).first(),
        "page_title": _("周督办表"),
        "back_url": f"{reverse('supervision:board')}?{request.GET.urlencode()}",
        "mark": mark_export(request.user, what=_("打印周督办表"), rows=len(lines), area_id=area_id or None),
    }
    return render(request, "supervision/print_board.html", context)


def get_item(request: HttpRequest, pk: int) -> BoardItem:
    return get_object_or_404(BoardItem.objects.visible_to(request.user).select_related("area", *reading.RELATED), pk=pk)


@access(permissions.is_in_area)
def show_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one item: how it stands, what was said each week, dates moved."""
    item = get_item(request, pk)
    user, live = request.user, item.is_live
    running, claimed = item.state == BoardItem.State.RUNNING, item.state == BoardItem.State.CLAIMED
    label = f"{item.origin_type.app_label}.{item.origin_type.model}" if item.origin_type else ""
    context = {
        "item": item,
        "light": reading.read_light(item, today()),
        "tone": reading.TONES[item.state],
        "weeks": reading.list_weeks(item),
        "moves": item.moves.select_related("by"),
        "origin_url": registry.find_link(label, item.origin_id) if label else "",
        "report_form": ReportForm(items=[item]) if running and permissions.may_report(user, item) else None,
        "comment_form": CommentForm() if live and permissions.may_comment(user, item) else None,
        "may_confirm": claimed and permissions.may_confirm(user, item),
        "may_steer": live and permissions.may_steer(user, item),
        "history": list_history(item),
        "once": new_key(),
    }
    return render(request, "supervision/board_item.html", context)


@access(permissions.may_open_board)
@submit_once
def new_item(request: HttpRequest) -> HttpResponse:
    """Put something on the board by hand, or what ?origin= names: the form comes prefilled from the address."""
    given = request.POST or request.GET
    units = list_area_units(request)
    origin = find_origin(request, given.get("origin", ""))
    people = list_people(home_area(request))
    initial = {name: value for name, value in request.GET.dict().items() if name in BoardForm.base_fields}
    if origin is not None and "source" not in initial:
        initial["source"] = SOURCE_OF_ORIGIN.get(origin._meta.app_label, "other")
    if "problem" in request.GET:
        initial.setdefault("demand", request.GET["problem"])
    if initial.get("source") not in dict(BoardForm.base_fields["source"].choices):  # type: ignore[attr-defined]
        initial.pop("source", None)
    form = BoardForm(request.POST or None, units=units, people=people, initial=initial)
    return take_step(
        request,
        form,
        lambda values: write.open_board_item(by=request.user, origin=origin, **values),
        back=reverse("supervision:board"),
        done=_("已列入督办。"),
        heading=_("列入督办"),
        button=_("列入督办"),
        template="supervision/board_new.html",
        to=lambda item: reverse("supervision:board-item", args=[item.pk]),
        origin=origin,
        origin_text=given.get("origin", "") if origin is not None else "",
        origin_url=registry.find_link(origin._meta.label_lower, origin.pk) if origin is not None else "",
    )


@access(permissions.is_in_area)
@submit_once
def report(request: HttpRequest) -> HttpResponse:
    """Say a line of each of one's items; made for a phone first."""
    items = reading.list_owned(request.user)
    form = ReportForm(request.POST or None, items=items)

    def act(values: dict[str, Any]) -> int:
        given = [
            write.Line(item, values[f"text_{item.pk}"], values[f"done_{item.pk}"]) for item in items if values[f"text_{item.pk}"].strip()
        ]
        return len(write.report_items(given, by=request.user))

    lines = {line.pk: line for line in reading.describe_items(items, monday_of(today()), today())}
    return take_step(
        request, form, act, back=reverse("supervision:report"), done=lambda count: _("已汇报 %(n)d 项。") % {"n": count},
        heading=_("我的本周汇报"), template="supervision/board_report.html", rows=[(lines[item.pk], text, done) for item, text, done in form.rows()],
    )  # fmt: skip


@require_POST
@access(permissions.may_report)
@submit_once
def report_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Say a line of one item, on its own page."""
    item = get_item(request, pk)
    require(permissions.may_report, request.user, item)

    def act(item: BoardItem, *, by: Any, version: int, **values: Any) -> None:
        write.report_items([write.Line(item, values[f"text_{pk}"], values[f"done_{pk}"])], by=by)

    return step(request, item, ReportForm(request.POST, items=[item]), act, done=_("已汇报。"), heading=_("本周进展"))


def step(request: HttpRequest, item: BoardItem, form: Any, act: Any, *, done: str, heading: str, button: str = "") -> HttpResponse:
    lines = [item.demand, _("责任人 %(owner)s · 督办人 %(supervisor)s · 期限 %(due)s") % {
        "owner": item.owner.name, "supervisor": item.supervisor.name, "due": item.due,
    }]  # fmt: skip
    return take_step(
        request, form, lambda values: act(item, by=request.user, version=posted_version(request), **values),
        back=reverse("supervision:board-item", args=[item.pk]), done=done, heading=heading, version=item.version, title=str(item),
        lines=lines, button=button,
    )  # fmt: skip


@access(permissions.may_comment)
@submit_once
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is thought of it."""
    item = get_item(request, pk)
    require(permissions.may_comment, request.user, item)
    return step(request, item, CommentForm(request.POST or None), write.comment_item, done=_("意见已告知责任人。"), heading=_("督办意见"))


@access(permissions.may_confirm)
@submit_once
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that it is done."""
    item = get_item(request, pk)
    require(permissions.may_confirm, request.user, item)
    return step(request, item, ResultForm(request.POST or None), write.confirm_item, done=_("已办结。"), heading=_("确认办结"))


@access(permissions.may_confirm)
@submit_once
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is not done."""
    item = get_item(request, pk)
    require(permissions.may_confirm, request.user, item)
    return step(request, item, ReasonForm(request.POST or None), write.return_item, done=_("已退回责任人。"), heading=_("退回继续办"))


@access(permissions.may_steer)
@submit_once
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the date."""
    item = get_item(request, pk)
    require(permissions.may_steer, request.user, item)
    return step(request, item, MoveForm(request.POST or None), write.move_item, done=_("期限已调整。"), heading=_("调整期限"))


@access(permissions.may_steer)
@submit_once
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it off the board."""
    item = get_item(request, pk)
    require(permissions.may_steer, request.user, item)
    return step(request, item, ReasonForm(request.POST or None), write.drop_item, done=_("已撤销。"), heading=_("撤销督办"))


@access(permissions.may_steer)
@submit_once
def reassign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it another owner or supervisor."""
    item = get_item(request, pk)
    require(permissions.may_steer, request.user, item)
    form = ReassignForm(request.POST or None, people=list_people(item.area_id))
    return step(request, item, form, write.reassign_board_item, done=_("已改派。"), heading=_("改派"))


@access(permissions.may_note_week)
@submit_once
def note_week(request: HttpRequest) -> HttpResponse:
    """Write what is asked this week."""
    area = get_object_or_404(Unit.objects.visible_to(request.user), pk=home_area(request))
    row = BoardWeek.objects.visible_to(request.user).filter(area=area, week=monday_of(today())).first()
    form = WeekForm(request.POST or None, initial={"note": row.note if row else ""})
    return take_step(
        request, form, lambda values: write.note_week(area, today(), note=values["note"], by=request.user),
        back=reverse("supervision:board"), done=_("已写在本周督办表上。"), heading=_("本周督办要求"),
    )  # fmt: skip
