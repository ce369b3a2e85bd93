"""What a person holds here, and how it is handed over."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from ronghe.audit.actions import record
from ronghe.common.actions import lock_row
from ronghe.common.calendar import today
from ronghe.common.links import link_to
from ronghe.common.registry import Held
from ronghe.org.models import Person
from ronghe.rectification.queries import list_takers
from ronghe.supervision.actions.alerts import pass_alert
from ronghe.supervision.actions.boards import pass_board_item
from ronghe.supervision.actions.checks import pass_check
from ronghe.supervision.actions.openness import pass_disclosure
from ronghe.supervision.actions.opinions import pass_opinion
from ronghe.supervision.actions.people import Seats
from ronghe.supervision.actions.works import lock_form, pass_form
from ronghe.supervision.models import Alert, BoardItem, Check, Disclosure, Opinion, WorkForm
from ronghe.supervision.rules.boards import LIVE

LABELS = (
    "supervision.boarditem",
    "supervision.check",
    "supervision.workform",
    "supervision.alert",
    "supervision.disclosure",
    "supervision.opinion",
)


def list_held(person_id: int) -> list[Held]:
    """Return what somebody holds in 监督."""
    held = []
    for item in BoardItem.objects.filter(Q(owner_id=person_id) | Q(supervisor_id=person_id), state__in=LIVE).order_by("pk"):
        role, what = ("owner", "督办责任") if item.owner_id == person_id else ("supervisor", "督办")
        held.append(Held(f"{role}:{item.pk}", what, str(item), link_to("supervision:board-item", item.pk)))
    for check in Check.objects.open().filter(checker_id=person_id).select_related("line", "unit").order_by("pk"):
        held.append(Held(f"check:{check.pk}", "监督检查", str(check), link_to("supervision:check", check.pk)))
    mine = Q(filler_id=person_id) | Q(checker_id=person_id)
    for form in WorkForm.objects.filter(mine).exclude(state="checked").exclude(work__state="done").select_related("work").order_by("pk"):
        role, what = ("filler", "工程表单") if form.filler_id == person_id else ("checker", "表单核验")
        held.append(Held(f"{role}:{form.pk}", what, str(form), link_to("supervision:work", form.work_id)))
    waits = Q(state="open", owner_id=person_id) | Q(state="tasked", task_result="", assignee_id=person_id)
    for alert in Alert.objects.filter(waits).order_by("pk"):
        held.append(Held(f"alert:{alert.pk}", "预警", str(alert), link_to("supervision:alert", alert.pk)))
    for row in Disclosure.objects.filter(owner_id=person_id, state="planned").select_related("item").order_by("pk"):
        held.append(Held(f"open:{row.pk}", "三务公开", str(row), link_to("supervision:open-row", row.pk)))
    for one in Opinion.objects.filter(owner_id=person_id, state="open").select_related("disclosure__item").order_by("pk"):
        held.append(Held(f"opinion:{one.pk}", "公开意见答复", str(one.disclosure), link_to("supervision:open-row", one.disclosure_id)))
    return held


def hand_over(key: str, giver: Person, to: Person, by: Any, note: str) -> str:
    """Pass one of these on; returns why it can't. Part of the caller's action, which has asked whether it may."""
    role, _colon, pk = key.partition(":")
    if role == "open":
        return hand_disclosure(int(pk), giver, to, by, note)
    if role == "opinion":
        return hand_opinion(int(pk), giver, to, by, note)
    if role == "alert":
        return hand_alert(int(pk), giver, to, by, note)
    if role in ("filler", "checker"):
        return hand_form(role, int(pk), giver, to, by, note)
    if role == "check":
        return hand_check(int(pk), giver, to, by, note)
    try:
        item = lock_row(BoardItem(pk=int(pk)))
        if not item.is_live or getattr(item, f"{role}_id") != giver.pk:
            return "已办结或已改派"
        pass_board_item(
            item, owner=to if role == "owner" else item.owner, supervisor=to if role == "supervisor" else item.supervisor, by=by, note=note
        )
    except ValidationError as problem:
        return " ".join(problem.messages)
    return ""


def hand_check(pk: int, giver: Person, to: Person, by: Any, note: str) -> str:
    check = lock_row(Check(pk=pk))
    if check.state != Check.State.DUE or check.checker_id != giver.pk:
        return "已办过或已换人"
    seats = Seats(check.area_id, today())
    if to.pk in seats.list_supervised(check.line, check.unit_id):
        return "被监督的人不能检查自己的业务。"
    if to.pk not in seats.able:
        return "对方在本管理区没有在任岗位或没有账号"
    pass_check(check, to)
    record(by=by, verb="移交监督检查", obj=check, area_id=check.area_id, note=note, changes={"checker": [giver.name, to.name]})
    return ""


def hand_form(role: str, pk: int, giver: Person, to: Person, by: Any, note: str) -> str:
    _work, form = lock_form(WorkForm.objects.get(pk=pk))
    if form.state == WorkForm.State.CHECKED or getattr(form, f"{role}_id") != giver.pk:
        return "已核验或已换人"
    filler, checker = (to, form.checker) if role == "filler" else (form.filler, to)
    if filler.pk == checker.pk or (role == "checker" and form.filed_by_id == to.pk):
        return "不能由同一个人既填报又核验。"
    if not list_takers(form.area_id).filter(pk=to.pk).exists():
        return "对方在本管理区没有在任岗位或没有账号"
    pass_form(form, filler=filler, checker=checker)
    record(by=by, verb="移交工程表单", obj=form.work, area_id=form.area_id, note=note, changes={form.name: [giver.name, to.name]})
    return ""


def hand_alert(pk: int, giver: Person, to: Person, by: Any, note: str) -> str:
    alert = lock_row(Alert(pk=pk))
    waits = alert.state == Alert.State.OPEN or (alert.state == Alert.State.TASKED and not alert.task_result)
    if not waits or (alert.owner_id if alert.state == Alert.State.OPEN else alert.assignee_id) != giver.pk:
        return "已处置或已换人"
    if not list_takers(alert.area_id).filter(pk=to.pk).exists():
        return "对方在本管理区没有在任岗位或没有账号"
    pass_alert(alert, to)
    record(by=by, verb="移交预警", obj=alert, area_id=alert.area_id, note=note, changes={"owner": [giver.name, to.name]})
    return ""


def hand_disclosure(pk: int, giver: Person, to: Person, by: Any, note: str) -> str:
    row = lock_row(Disclosure(pk=pk))
    if row.state != Disclosure.State.PLANNED or row.owner_id != giver.pk:
        return "已公开或已换人"
    if not list_takers(row.area_id).filter(pk=to.pk).exists():
        return "对方在本管理区没有在任岗位或没有账号"
    pass_disclosure(row, to)
    record(by=by, verb="移交公开", obj=row, area_id=row.area_id, note=note, changes={"owner": [giver.name, to.name]})
    return ""


def hand_opinion(pk: int, giver: Person, to: Person, by: Any, note: str) -> str:
    row = lock_row(Opinion(pk=pk))
    if row.state != Opinion.State.OPEN or row.owner_id != giver.pk:
        return "已答复或已换人"
    if not list_takers(row.area_id).filter(pk=to.pk).exists():
        return "对方在本管理区没有在任岗位或没有账号"
    pass_opinion(row, to)
    record(by=by, verb="移交公开意见", obj=row.disclosure, area_id=row.area_id, note=note, changes={"owner": [giver.name, to.name]})
    return ""
