"""Rules fire once on real numbers, each alert has an owner and an end, and a preview counts what history holds."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronghe.common import registry
from ronghe.common.calendar import today
from ronghe.decisions.gauges import GAUGES as DECIDING
from ronghe.decisions.models import Matter, Rule
from ronghe.figures.models import Figure
from ronghe.goals.models import Indicator
from ronghe.meetings.gauges import GAUGES as MEETING
from ronghe.meetings.models import Attendee, Kind, Meeting, Urgent
from ronghe.meetings.queries.norms import load_lines
from ronghe.portal.matters import collect_matters
from ronghe.rectification.models import Item
from ronghe.supervision.actions import alerts, boards
from ronghe.supervision.gauges import GAUGES
from ronghe.supervision.holdings import hand_over, list_held
from ronghe.supervision.models.alerts import Alert, AlertRule
from ronghe.supervision.models.boards import BoardItem
from ronghe.supervision.packs import read_pack
from ronghe.worklist.models import Task
from tests.figures import factories
from tests.rectification.cases import open_one
from tests.supervision import check_cases, work_cases
from tests.supervision.alert_cases import raise_one, rule, values
from tests.supervision.cases import day, fresh, late, put, user

pytestmark = pytest.mark.django_db
EVERYBODY = [
    "李建国",
    "王海涛",
    "陈晓燕",
    "周卫东",
    "刘海涛",
    "孙丽华",
    "何静",
    "赵敏",
    "钱进",
    "郑爽",
    "吴桐",
    "高明",
    "系统管理员",
    "韩冬",
]


def who(world, act):
    able = []
    for name in EVERYBODY:
        point = transaction.savepoint()
        try:
            with transaction.atomic():
                act(user(world.person[name]))
            able.append(name)
        except (PermissionDenied, ValidationError):
            pass
        transaction.savepoint_rollback(point)
    return able


def test_raised_once_with_an_owner(world):
    alert = raise_one(world)
    assert (alert.owner, alert.value, alert.unit.name) == (world.zhengshuang, 3, "注采二站")
    assert Task.objects.open().get(kind="预警处置").owner == world.zhengshuang
    assert alerts.evaluate_area(world.area, today()) == 0
    assert alerts.evaluate_area(world.area, day(1)) == 0
    assert fresh(alert).last_on == day(1)
    alerts.dismiss_alert(fresh(alert), reason="等汛期后再办", by=user(world.zhengshuang))
    assert [alerts.evaluate_area(world.area, day(n)) for n in (1, 29, 30, 31)] == [0, 0, 1, 0]


def test_nothing_fires_below_the_limit_or_when_switched_off(world):
    late(put(world), 20)
    row = rule(world)
    assert alerts.evaluate_area(world.area, today()) == 0
    late(put(world, title="另一件"), 40)
    alerts.switch_rule(row, active=False, by=user(world.lijianguo))
    assert alerts.evaluate_area(world.area, today()) == 0
    alerts.switch_rule(row, active=True, by=user(world.lijianguo))
    assert alerts.evaluate_area(world.area, today()) == 1


def test_who_handles_and_how_it_ends(world):
    alert = raise_one(world)
    ends = {
        "tasked": lambda by: alerts.task_alert(alert, assignee=world.sunlihua, due=day(5), note="现场督促", by=by),
        "cured": lambda by: alerts.cure_alert(alert, owner=world.sunlihua, by=by),
        "dismissed": lambda by: alerts.dismiss_alert(alert, reason="已在督办", by=by),
    }
    for act in ends.values():
        assert who(world, act) == ["李建国", "王海涛", "郑爽"]
    alerts.cure_alert(alert, owner=world.sunlihua, by=user(world.zhengshuang))
    done = fresh(alert)
    item = Item.objects.get()
    assert (done.state, done.outcome_id, item.source, item.owner) == ("cured", item.pk, "supervision", world.sunlihua)
    for act in ends.values():
        assert who(world, act) == []
    assert not Task.objects.open().filter(kind="预警处置").exists()


def test_a_task_is_finished_by_whoever_got_it(world):
    alert = raise_one(world)
    with pytest.raises(ValidationError, match="请填写"):
        alerts.dismiss_alert(alert, reason=" ", by=user(world.zhengshuang))
    alert = alerts.task_alert(alert, assignee=world.sunlihua, due=day(5), note="现场督促", by=user(world.zhengshuang))
    assert Task.objects.open().get(kind="预警任务").owner == world.sunlihua
    assert who(world, lambda by: alerts.finish_task(alert, result="已到位", by=by)) == ["孙丽华"]
    alerts.finish_task(alert, result="已到位", by=user(world.sunlihua))
    assert not Task.objects.open().filter(kind="预警任务").exists()


def test_it_goes_on_the_board(world):
    alert = raise_one(world)
    alerts.follow_alert(alert, owner=world.sunlihua, due=day(9), demand="两周内转绿", by=user(world.zhengshuang))
    item = BoardItem.objects.get(source="alert")
    assert (item.owner, item.supervisor, fresh(alert).outcome_id) == (world.sunlihua, world.zhengshuang, item.pk)


def test_who_keeps_rules(world):
    assert who(world, lambda by: alerts.save_rule(world.area, values(), by=by)) == ["李建国", "王海涛", "郑爽"]
    with pytest.raises(ValidationError, match="没有这个数"):
        alerts.save_rule(world.area, values(gauge="moon"), by=user(world.lijianguo))
    assert alerts.adopt_rules(world.area, by=user(world.lijianguo)) == len(read_pack("alert"))
    assert set(AlertRule.objects.values_list("gauge", flat=True)) == {*GAUGES, *DECIDING, *MEETING} - {
        "quorum",
        "stopped",
        "figure",
        "open",
        "late",
    }
    assert not AlertRule.objects.filter(active=True).exists()
    assert all(row.basis for row in AlertRule.objects.all())


def test_the_preview_counts_history(world):
    """A board item red for months, and a problem of its unit in between: one episode, and it led to something."""
    row = rule(world, active=False)
    assert alerts.preview_rule(row, today()).episodes == []
    late(put(world), 100)
    found = alerts.preview_rule(row, today())
    assert (len(found.episodes), found.led) == (1, 0)
    open_one(world)
    assert alerts.preview_rule(row, today()).led == 1
    assert Alert.objects.count() == 0


def read(world, name, on=None, subject="", window=90):
    return [(one.key, int(one.value)) for one in registry.gauges.get(name).read(world.area.pk, [on or today()], subject, window)]


def test_a_trend_is_read_from_the_figures(world):
    indicators = factories.make_indicators(world)
    station = world.unit["注采一站"]
    for month, oil in (("2026-07", 100), ("2026-08", 90), ("2026-09", 80)):
        period = factories.make_period(world, period=month)
        batch = factories.submit_station(world, period, indicators, oil=oil)
        Figure.objects.filter(batch=batch).update(in_force=True)
    oil = Indicator.objects.get(area=world.area, code="oil")
    assert oil.direction == "up"
    assert read(world, "trend", date(2026, 10, 20), "oil") == [(f"{station.pk}:oil", 2)]
    assert read(world, "trend", date(2026, 9, 20), "oil") == [(f"{station.pk}:oil", 1)]
    assert read(world, "trend", date(2026, 12, 20), "oil") == []
    assert read(world, "figure", date(2026, 10, 20), "oil") == [(f"{station.pk}:oil", 80)]
    assert read(world, "figure", date(2026, 9, 20), "oil") == [(f"{station.pk}:oil", 90)]
    assert read(world, "figure", date(2026, 12, 20), "oil", window=30) == []
    assert read(world, "figure", date(2026, 10, 20), "") == []


def test_shares_of_what_was_late(world):
    station = world.unit["注采一站"]
    for number, (due, done) in enumerate([(-5, -6), (-5, -1), (-9, None), (-9, None)]):
        task = Task.objects.create(
            area=world.area, unit=station, owner=world.liuhaitao, kind="填报", title=f"{number}", path="/", due=day(due)
        )
        settled = None if done is None else task.created_at + timedelta(days=done)
        Task.objects.filter(pk=task.pk).update(
            created_at=task.created_at - timedelta(days=30), settled_at=settled, state="open" if done is None else "done"
        )
    assert read(world, "tasks") == [(f"{station.pk}", 75)]
    counted = {matter.what: matter for matter in collect_matters([world.area.pk]) if matter.unit_id == station.pk}
    assert dict(read(world, "open", subject="待办")) == {f"{station.pk}:待办": counted["待办"].count}
    assert dict(read(world, "late", subject="待办")) == {f"{station.pk}:待办": counted["待办"].late}
    assert read(world, "open", day(-1)) == []
    assert read(world, "cures") == []


def test_counts_of_what_was_found_stopped_not_done_or_waits(world):
    station = world.unit["注采一站"].pk
    one = open_one(world, key="indicator:a")
    assert read(world, "recurring") == []
    open_one(world, key="indicator:a", origin=world.unit["注采一站"])
    assert read(world, "recurring") == [(f"{station}:indicator:a", 2)]
    assert one.number
    work = work_cases.start(world)
    from ronghe.supervision.actions import works

    works.stop_work(work, ground="无证", by=user(world.zhengshuang))
    assert read(world, "stops") == [(f"{station}", 1)]
    assert read(world, "waiting", day(14)) == [(f"work:{work.pk}", 4)]
    check_cases.add(world, rule="FREQ=WEEKLY;BYDAY=TU")
    check_cases.plan(world)
    check_cases.plan(world, date(2026, 11, 18))
    assert read(world, "lapsed", date(2026, 11, 27)) == [(f"{world.area.pk}", 2)]


def test_evaluation_costs_the_same_for_many_items(world):
    rule(world, limit=Decimal(99))
    late(put(world), 30)

    def count():
        with CaptureQueriesContext(connection) as seen:
            alerts.evaluate_area(world.area, today())
        return len(seen)

    few = count()
    for n in range(9):
        late(put(world, title=f"第 {n} 件"), 30)
    assert count() == few


def test_handing_over_and_matters(world, login):
    alert = raise_one(world)
    (matter,) = [one for one in collect_matters([world.area.pk]) if one.what == "预警未了"]
    assert (matter.owner_id, matter.count) == (world.zhengshuang.pk, 1)
    assert len(login(world.zhaomin).get(matter.url).context["lines"]) == 1
    (held,) = [one for one in list_held(world.zhengshuang.pk) if one.what == "预警"]
    assert hand_over(held.key, world.zhengshuang, world.chenxiaoyan, user(world.lijianguo), "休假") == ""
    assert fresh(alert).owner == world.chenxiaoyan


def test_pages(world, login):
    alert = raise_one(world)
    client = login(world.zhengshuang)
    assert "久红的事" in client.get(reverse("supervision:alerts")).content.decode()
    page = client.get(reverse("supervision:alert", args=[alert.pk])).content.decode()
    assert "派任务" in page
    assert "周督办机制" in page
    address = reverse("supervision:alert-task", args=[alert.pk])
    given = {"note": "现场督促", "assignee": world.sunlihua.pk, "due": str(day(-1)), "version": alert.version}
    wrong = client.post(address, given)
    assert (wrong.status_code, "现场督促" in wrong.content.decode()) == (422, True)
    assert client.post(address, given | {"due": str(day(3))}).status_code == 302
    finish = reverse("supervision:alert-finish", args=[alert.pk])
    assert client.get(finish).status_code == 403
    assert login(world.sunlihua).post(finish, {"result": "已到位", "version": fresh(alert).version}).status_code == 302
    assert login(world.handong).get(reverse("supervision:alert", args=[alert.pk])).status_code == 404


def test_rule_pages(world, login):
    client = login(world.lijianguo)
    late(put(world), 100)
    given = {name: str(value) for name, value in values().items()} | {"once": "r1"}
    shown = client.post(reverse("supervision:rule-new"), given | {"preview": "1"}).content.decode()
    assert "会触发 <strong>1</strong> 次" in shown
    assert AlertRule.objects.count() == 0
    assert client.post(reverse("supervision:rule-new"), given).status_code == 302
    row = AlertRule.objects.get()
    assert "会触发 <strong>1</strong> 次" in client.get(reverse("supervision:rule", args=[row.pk])).content.decode()
    edit = reverse("supervision:rule-edit", args=[row.pk])
    assert client.post(edit, given | {"limit": "5", "version": row.version, "once": "r2"}).status_code == 302
    assert fresh(row).limit == 5
    assert client.post(reverse("supervision:rule-switch", args=[row.pk]), {"active": "1"}).status_code == 302
    assert fresh(row).active
    assert client.post(reverse("supervision:rules-adopt")).status_code == 302
    assert "督办连红" in login(world.zhaomin).get(reverse("supervision:rules")).content.decode()
    assert login(world.zhaomin).post(reverse("supervision:rules-adopt")).status_code == 403


def test_a_moved_date_is_judged_by_what_held_then(world):
    item = late(put(world), 30)
    boards.move_item(item, due=day(20), reason="等料", by=user(world.lijianguo))
    assert read(world, "board") == []
    assert read(world, "board", day(-1)) == [(f"board:{item.pk}", 4)]


def test_a_step_that_waits_and_sums_just_below_the_limit(world):
    from tests.decisions import cases as deciding

    deciding.publish(world)
    matter = deciding.register(world)
    step = deciding.current(matter)
    late_by = (step.due - today()).days
    assert read(world, "steps", day(late_by + 6)) == [(f"matter:{matter.pk}", 6)]
    assert read(world, "steps") == []
    limit = Rule.objects.filter(category="fund", threshold__isnull=False).order_by("threshold").first().threshold
    Matter.objects.filter(pk=matter.pk).update(amount=limit * Decimal("0.95"))
    assert read(world, "near") == [(f"{matter.unit_id}", 1)]
    Matter.objects.filter(pk=matter.pk).update(amount=limit * Decimal("0.5"))
    assert read(world, "near") == []


def test_voters_on_leave_put_a_quorum_at_risk(world):
    from tests.meetings import cases as meeting

    meeting.prepare(world)
    held, _item = meeting.open_one(world)
    Meeting.objects.filter(pk=held.pk).update(held_on=day(3), state="noticed")
    voters = Attendee.objects.filter(meeting=held, votes=True)
    assert read(world, "quorum") == []
    Attendee.objects.filter(pk=voters.first().pk).update(state="leave")
    assert read(world, "quorum") == [(f"meeting:{held.pk}", 100 // voters.count())]
    assert read(world, "quorum", day(3)) == []
    kind = Meeting.objects.get(pk=held.pk).kind
    needed = kind.quorums.get(matter_class="ordinary").rule.attend.needed(voters.count())
    assert read(world, "spare") == [(f"spare:{held.pk}", voters.count() - 1 - needed)]
    voters.update(state="leave")
    assert read(world, "spare") == [(f"spare:{held.pk}", -needed)]
    assert read(world, "spare", day(3)) == []


def test_stops_exceptions_urgent_decisions_and_missed_norms_are_numbers_too(world):
    from ronghe.decisions import actions as decide
    from tests.decisions import cases as deciding
    from tests.meetings import cases as meeting

    deciding.publish(world)
    matter = deciding.register(world)
    decide.ask_exception(deciding.current(matter), reason="来不及", by=user(world.chenxiaoyan))
    assert read(world, "exceptions") == [(f"{matter.unit_id}", 1)]
    decide.stop_matter(fresh(matter), ground="不实", basis="细则", by=user(world.zhengshuang))
    assert read(world, "stopped") == [(f"{matter.unit_id}", 1)]
    *_rest, urgent, _kind = meeting.one_of_everything(world)
    assert read(world, "unratified", day(12)) == [(f"urgent:{urgent.pk}", 12)]
    Urgent.objects.filter(pk=urgent.pk).update(state="ratified", settled_on=day(5))
    assert read(world, "unratified", day(12)) == []
    assert read(world, "unratified", day(4)) == [(f"urgent:{urgent.pk}", 4)]
    Kind.objects.update(valid_from=date(2026, 1, 1))
    late = date(2026, 11, 27)
    expected = {}
    for line in load_lines([world.area.pk], 2026, late):
        expected[line.unit_id] = expected.get(line.unit_id, 0) + line.missed
    assert dict(read(world, "missed", late, window=365)) == {f"{unit}": count for unit, count in expected.items() if count}
    assert sum(expected.values()) > 0
