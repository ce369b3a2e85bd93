"""The 监督清单 makes checks for the supervisor, never the supervised; findings are put right or go to 整改; the log's names are apart."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from ronghe.audit.models import Entry
from ronghe.common import registry
from ronghe.common.calendar import at_time, today
from ronghe.figures.models import Indicator
from ronghe.portal.demo.load import moment_of
from ronghe.rectification.models import Item
from ronghe.supervision.actions import checks, daily, lines
from ronghe.supervision.models.checks import Check, CheckLine, Finding, LogEntry, LogPerson, NameReading
from ronghe.supervision.packs import read_pack
from ronghe.supervision.queries.checks import count_months, prefill_discipline
from ronghe.worklist.models import Task
from tests.people import appoint
from tests.supervision.cases import fresh, user
from tests.supervision.check_cases import FIRST, add, find, log, one_check, plan, values

EVERYBODY = [
    "李建国", "王海涛", "陈晓燕", "周卫东", "刘海涛", "孙丽华", "何静", "赵敏", "钱进", "郑爽", "吴桐", "高明", "系统管理员", "韩冬",
]  # fmt: skip
pytestmark = pytest.mark.django_db


def able(act):
    try:
        act()
    except (PermissionDenied, ValidationError):
        return False
    return True


def test_planned_once_and_for_the_supervisor(world):
    add(world)
    add(world, what="奖金公示", supervised="station_chief", per_unit=True)
    made = plan(world)
    assert plan(world) == made
    assert [(row.unit.name, row.checker.name, row.due) for row in made] == [
        ("示范采油管理区", "郑爽", date(2026, 11, 16)),
        *((name, "郑爽", date(2026, 11, 16)) for name in ("注采一站", "注采二站", "注采三站")),
        # 郑爽 is at home in the 综合党群室: somebody else goes there
        ("综合党群室", "李建国", date(2026, 11, 16)),
        ("经营管理室", "郑爽", date(2026, 11, 16)),
    ]
    tasks = Task.objects.open().filter(kind="监督检查")
    assert sorted(tasks.values_list("owner__name", flat=True)) == sorted(row.checker.name for row in made)


def test_never_of_the_supervised(world):
    """The only 纪检 member becomes the one who answers for purchases: the check goes to another, and the old one is refused."""
    check = one_check(world)
    appoint(world.zhengshuang, "deputy_business", world.area)
    with pytest.raises(ValidationError, match="被监督的人"):
        checks.do_check(check, text="看过", by=user(world.zhengshuang))
    plan(world, FIRST + timedelta(days=1))
    check = fresh(check)
    assert check.checker == world.lijianguo
    assert Task.objects.open().get(kind="监督检查").owner == world.lijianguo
    checks.do_check(check, text="看过", by=user(world.lijianguo))
    assert fresh(check).state == "clean"


def test_who_may(world):
    check = one_check(world)
    assert [name for name in EVERYBODY if able(lambda n=name: lines.add_line(world.area, values(what=n), by=user(world.person[n])))] == [
        "李建国", "王海涛", "郑爽",
    ]  # fmt: skip
    others = [name for name in EVERYBODY if name != "郑爽"]
    assert [name for name in others if able(lambda n=name: checks.do_check(check, text="看过", by=user(world.person[n])))] == []
    assert able(lambda: checks.do_check(check, text="看过", by=user(world.zhengshuang)))
    assert not able(lambda: checks.do_check(check, text="又看", by=user(world.zhengshuang)))


def test_a_line_that_supervises_itself_is_refused(world):
    with pytest.raises(ValidationError, match="自己监督自己"):
        add(world, supervisor="deputy_business")
    with pytest.raises(ValidationError, match="请填写"):
        add(world, risk=" ")


def test_a_change_is_a_new_version(world):
    line = add(world)
    (check,) = plan(world)
    with at_time(moment_of(FIRST + timedelta(days=3), 8)):
        new = lines.change_line(line, values(rule="FREQ=MONTHLY;BYMONTHDAY=24"), reason="改到月末", by=user(world.lijianguo))
    old = fresh(line)
    assert (old.valid_to, new.number, new.valid_from) == (FIRST + timedelta(days=2), 2, FIRST + timedelta(days=3))
    made = plan(world, FIRST + timedelta(days=4))
    assert [(row.due, row.state) for row in made] == [(date(2026, 11, 16), "lapsed"), (date(2026, 11, 24), "due")]
    with pytest.raises(ValidationError, match="旧的一版"):
        lines.change_line(old, values(), reason="x", by=user(world.lijianguo))
    assert check.line == line


def test_what_is_made_good_lapses(world):
    add(world, rule="FREQ=WEEKLY;BYDAY=TU")
    assert len(plan(world)) == 4
    plan(world, date(2026, 11, 18))
    assert list(Check.objects.order_by("due").values_list("state", flat=True)) == ["lapsed", "lapsed", "due", "due"]
    assert Task.objects.open().filter(kind="监督检查").count() == 2


def test_a_finding_is_cured_or_put_right(world):
    cured = find(world)
    item = Item.objects.get()
    assert (item.source, item.owner, item.verifier, item.key) == (
        "supervision",
        world.liuhaitao,
        world.zhengshuang,
        f"check:{cured.check_done.line.code}",
    )
    assert [line.title for line in registry.find_cures(user(world.lijianguo), "supervision.finding", [cured.pk])[cured.pk]] == [str(item)]
    with pytest.raises(ValidationError, match="当场怎么纠正"):
        checks.note_finding(world.unit["注采一站"], checks.Found("漏签", "缺签字"), business="作风", by=user(world.zhengshuang))
    fixed = checks.note_finding(
        world.unit["注采一站"], checks.Found("漏签", "缺签字", "当场补签"), business="作风", by=user(world.zhengshuang)
    )
    assert (fixed.fix, Item.objects.count(), Finding.objects.count()) == ("当场补签", 1, 2)


def test_the_pack_is_taken_over(world):
    with at_time(moment_of(FIRST, 8)):
        assert lines.adopt_lines(world.area, by=user(world.zhengshuang)) == len(read_pack("line"))
        assert lines.adopt_lines(world.area, by=user(world.zhengshuang)) == 0
    assert all(row.basis for row in CheckLine.objects.all())
    made = plan(world)
    assert made
    assert all(row.checker_id is not None for row in made)


def test_names_are_apart_and_each_reading_is_kept(world, login):
    entry = log(world)
    assert (entry.count, LogPerson.objects.count()) == (2, 2)
    readers = [name for name, person in world.person.items() if LogEntry.objects.visible_to(user(person)).exists()]
    assert readers == ["李建国", "郑爽"]
    with pytest.raises(ValidationError, match="不写姓名"):
        log(world, text="提醒了吴桐。")
    for name in EVERYBODY:
        if name not in readers:
            with pytest.raises(PermissionDenied):
                daily.read_names(entry, reason="想看", by=user(world.person[name]))
    with pytest.raises(ValidationError, match="请填写"):
        daily.read_names(entry, reason=" ", by=user(world.zhengshuang))
    assert NameReading.objects.count() == 0
    client = login(world.lijianguo)
    page = client.get(reverse("supervision:daily-entry", args=[entry.pk])).content.decode()
    assert ("吴桐" in page, "不是处分" in page) == (False, True)
    page = client.post(reverse("supervision:daily-entry", args=[entry.pk]), {"reason": "核对人次"}).content.decode()
    assert "吴桐" in page
    assert "核对人次" in page
    assert NameReading.objects.get().by == world.lijianguo
    assert Entry.objects.filter(verb="查看涉及人员姓名", object_id=entry.pk).count() == 1
    assert not [row for row in Entry.objects.filter(label="supervision.logentry") if "吴桐" in f"{row.note}{row.changes}{row.object_name}"]


def test_the_discipline_commissioner_reads_by_the_committee_post(world):
    log(world)
    assert not LogEntry.objects.visible_to(user(world.chenxiaoyan)).exists()
    post = world.chenxiaoyan.appointments.get().post
    post.committee = ["discipline"]
    post.save()
    assert LogEntry.objects.visible_to(user(world.chenxiaoyan)).exists()


def test_counts_for_all_and_reminders_are_no_measure(world, login):
    log(world)
    log(world, kind="accountable", text="给予一人通报。", people=[world.wutong])
    page = login(world.chenxiaoyan).get(reverse("supervision:daily"))
    assert "提醒了两名同志" not in page.content.decode()
    (month,) = count_months(world.area.pk, ["2026-11"])
    people = world.area.people.count()
    assert (month.reminded, month.accountable, month.rate) == (2, 1, f"{Decimal(100) / people:.2f}%")
    rows = [Indicator(pk=1, code="accountability"), Indicator(pk=2, code="supervision"), Indicator(pk=3, code="oil")]
    offered = prefill_discipline(world.area.pk, "2026-11", rows)
    station = world.unit["注采一站"]
    assert offered[station.pk, 1].value == Decimal("33.33")
    assert offered[world.unit["注采二站"].pk, 1].value == 0
    assert {key[1] for key in offered} == {1}
    assert login(world.wutong).get(reverse("supervision:daily")).status_code == 403


def test_the_rate_of_findings_cured_in_time(world):
    find(world)
    Item.objects.update(due=FIRST, state="closed", ended_on=FIRST, ended_by=world.zhengshuang, holder=None, step_due=None)
    offered = prefill_discipline(world.area.pk, "2026-11", [Indicator(pk=2, code="supervision")])
    assert [one.value for one in offered.values()] == [Decimal("100.0")]
    assert prefill_discipline(world.area.pk, "2026-11", [Indicator(pk=3, code="oil")]) == {}


def test_pages(world, login):
    check = one_check(world)
    client = login(world.zhengshuang)
    assert "比价和验收" in client.get(reverse("supervision:lists")).content.decode()
    assert "比价和验收" in client.get(reverse("supervision:checks"), {"scope": "mine"}).content.decode()
    address = reverse("supervision:check", args=[check.pk])
    wrong = client.post(address, {"text": "看了三笔", "result": "found", "title": "", "version": check.version})
    assert wrong.status_code == 422
    assert "看了三笔" in wrong.content.decode()
    given = {
        "text": "看了三笔", "result": "found", "title": "缺比价单", "problem": "第二笔没有", "owner": world.liuhaitao.pk,
        "due": str(today() + timedelta(days=9)), "version": check.version,
    }  # fmt: skip
    assert client.post(address, given).status_code == 302
    finding = Finding.objects.get()
    assert "缺比价单" in client.get(reverse("supervision:finding", args=[finding.pk])).content.decode()
    assert login(world.chenxiaoyan).get(address).status_code == 200
    assert login(world.handong).get(address).status_code == 404


def test_a_line_is_kept_on_the_page(world, login):
    client = login(world.lijianguo)
    given = {
        "business": "车辆", "what": "派车单", "risk": "公车私用", "supervised": "deputy_production", "supervisor": "discipline_member",
        "every": "month", "day": "10", "shift": "after", "method": "抽查", "basis": "车辆办法",
    }  # fmt: skip
    assert client.post(reverse("supervision:line-new"), given | {"supervisor": "deputy_production"}).status_code == 422
    assert client.post(reverse("supervision:line-new"), given).status_code == 302
    line = CheckLine.objects.get()
    assert line.rule == "FREQ=MONTHLY;BYMONTHDAY=10"
    edit = reverse("supervision:line-edit", args=[line.pk])
    page = client.get(edit).content.decode()
    assert 'value="派车单"' in page
    assert client.post(edit, given | {"day": "12", "reason": "避开月初", "version": line.version}).status_code == 302
    assert (
        client.post(reverse("supervision:line-retire", args=[line.pk]), {"reason": "并入", "version": fresh(line).version}).status_code
        == 302
    )
    assert client.post(reverse("supervision:lists-adopt")).status_code == 302
