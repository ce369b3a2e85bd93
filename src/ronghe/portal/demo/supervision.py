"""The demo's 监督: two months of the week's board, checks and the log, works on their way, 三务公开, 预警 (M8–M11)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ronghe.accounts.models import User
from ronghe.org.models import Person, Unit
from ronghe.portal.demo.diary import Story
from ronghe.portal.demo.load import Loaded, moment_of
from ronghe.portal.demo.months import first_of_month
from ronghe.supervision.actions import alerts, boards, checks, daily, lines, openness, opinions, templates, works
from ronghe.supervision.models import Alert, AlertRule, BoardItem, Check, Disclosure, Work, WorkForm, WorkVersion
from ronghe.supervision.rules.boards import monday_of

# title, demand, source, days ago, days given, how it goes
Entry = tuple[str, str, str, int, int, str]
BOARD: tuple[Entry, ...] = (
    ("3 号井场围堰加固", "按设计加高 0.4 m,验收合格", "manual", 58, 20, "up"),
    ("注水泵房噪声超标治理", "厂界噪声夜间不超 50 dB", "finding", 50, 30, "late"),
    ("冬季保温管线排查", "全部管线逐条排查,缺陷当场登记", "meeting", 33, 28, "done"),
    ("党员活动室整修", "两间活动室投用", "manual", 30, 26, "returned"),
    ("三季度外委结算资料补齐", "12 份结算资料全部归档", "finding", 26, 30, "run"),
    ("躺井率连续两月超标的两口井", "检泵完工并恢复产量", "goal", 22, 18, "claimed"),
    ("油地关系协调:进场道路", "与村委会签订通行协议", "meeting", 16, 25, "run"),
    ("职工食堂留样制度落实", "留样记录连续一个月完整", "finding", 12, 30, "silent"),
    ("年度培训计划未完成的 3 期", "补完并有考核记录", "goal", 9, 35, "run"),
    ("安全生产许可证延续", "取得新证", "manual", 4, 60, "fresh"),
)
LOG = (
    (40, "inspect", "车辆使用", "抽查派车单五张,里程、加油相符。"),
    (31, "remind", "作风", "就值班脱岗苗头提醒两名同志,本人表态改正。"),
    (22, "inspect", "物资采购", "抽查零星采购三笔,一笔缺比价单,已要求补齐。"),
    (15, "clue", "外委施工", "收到一条关于工作量签认的反映,按程序登记核实。"),
    (9, "inspect", "奖金分配", "两个班站公示在墙,签字齐全。"),
    (5, "accountable", "劳动纪律", "一起劳动纪律问题按规定问责,已通报。"),
    (2, "inspect", "三务公开", "对照目录逐项看公开栏,一项更新不及时。"),
)  # fmt: skip
FOUND = (
    ("隐患复查记录缺一次", "10 月第三周的复查没有记录,隐患本身已消除。"),
    ("奖金分配表没有本人签字", "两名倒班员工没有签字确认。"),
    ("落地油交库单与台账差一笔", "台账 6 笔,交库单 5 笔。"),
)  # fmt: skip
WORKS = (
    ("联合站污水处理改造", "更换过滤罐填料,出水含油不超 10 mg/L", "186.50", 4),
    ("X12-3 井大修", "解卡、换管柱,恢复日产油 4 t", "62.00", 1),
    ("集油干线更换", "更换腐蚀管段 1.2 km", "240.00", 2),
    ("变电所无功补偿改造", "功率因数提高到 0.95", "38.00", 1),
)  # fmt: skip
BACK = (105, 30, 70, 24)  # days ago that each was started
STOPPED = 2
FILLED = {"text": "符合要求", "long": "逐项核对,情况属实。", "number": "12", "yesno": "是", "date": ""}
SAID = ("方案已定,物料到位。", "现场已经开工,完成三成。", "完成过半,本周天气影响两天。", "还差收尾,下周完成。")


def follow_board(loaded: Loaded, area: str) -> list[Story]:
    """Return a story for each item of the area's board; the second area has fewer."""
    entries = BOARD if area == "A1" else BOARD[::3]
    units = units_of(loaded, area)
    return [follow_item(loaded, area, units[number % len(units)], one) for number, one in enumerate(entries)]


def follow_item(loaded: Loaded, area: str, unit: Unit, entry: Entry) -> Story:
    """Live through one item: a line each Thursday, as far as it has come."""
    title, demand, source, back, given, goal = entry
    today = loaded.world.today
    day = today - timedelta(days=back)
    yield moment_of(day, 9)
    owner = loaded.people[loaded.world.find_holders("station_chief", unit.code, day)[0]]
    item = boards.open_board_item(
        unit=unit, title=title, demand=demand, source=source, owner=owner, due=day + timedelta(days=given),
        by=loaded.holder("deputy_production" if goal != "run" else "deputy_business", area, day),
    )  # fmt: skip
    number = 0
    for thursday in list_thursdays(day, today):
        yield moment_of(thursday, 15)
        last = thursday > today - timedelta(days=7)
        if goal == "silent" or (goal == "late" and number == 2) or goal == "fresh":
            number += 1
            continue
        if last and goal in ("done", "claimed", "returned"):
            boards.report_items([boards.Line(item, "已经完成,资料齐全,请确认。", claims=True)], by=account(owner))
            if goal == "claimed":
                return
            yield moment_of(thursday, 17)
            item = BoardItem.objects.select_related("supervisor").get(pk=item.pk)
            if goal == "done":
                boards.confirm_item(item, result="现场核对属实。", by=account(item.supervisor))
            else:
                boards.return_item(item, reason="消防器材还没有配齐。", by=account(item.supervisor))
            return
        boards.report_items([boards.Line(item, SAID[min(number, len(SAID) - 1)])], by=account(owner))
        number += 1


def tend_weeks(loaded: Loaded) -> Story:
    """Let the worker's daily tick ask for the weeks and raise what stays red."""
    today = loaded.world.today
    for back in range(56, -1, -7):
        monday = monday_of(today) - timedelta(days=back)
        if monday <= today:
            yield moment_of(monday, 4)
            boards.tend_boards(monday)
    yield moment_of(today, 4)
    boards.tend_boards(today)
    yield moment_of(today, 8)
    area = loaded.units["A1"]
    boards.note_week(area, today, note="红灯两项本周必须有结果;冬季保温的收尾不得跨周。", by=loaded.holder("area_manager", "A1", today))


def supervise(loaded: Loaded, area: str) -> Story:
    """Adopt the 监督清单 two months ago, do most of its checks, find some; keep the 纪检小组's log."""
    unit, today = loaded.units[area], loaded.world.today
    start = first_of_month(first_of_month(today) - timedelta(days=1))
    yield moment_of(start, 7)
    lines.adopt_lines(unit, by=loaded.holder("discipline_member", area, start))
    for month in (start, first_of_month(today)):
        yield moment_of(month, 7, 30)
        checks.plan_checks(unit, day=month)
    member = loaded.holder("discipline_member", area, today)
    for number, (back, kind, business, text) in enumerate(LOG if area == "A1" else LOG[:2]):
        day = today - timedelta(days=back)
        yield moment_of(day, 17)
        where = units_of(loaded, area)[number % 3]
        people = list(Person.objects.filter(unit=where, left_on=None).order_by("number")[3:5]) if kind in ("remind", "accountable") else []
        daily.keep_log(where, day=day, kind=kind, business=business, text=text, by=member, people=people)
    yield moment_of(today, 7, 40)
    due = Check.objects.filter(area=unit, state="due", due__lt=today).select_related("checker", "unit", "line").order_by("due", "pk")
    for number, check in enumerate(due):
        if number % 9 == 4:
            continue  # some are forgotten
        found = None
        if number % 8 == 3:
            chief = (
                loaded.people[loaded.world.find_holders("station_chief", check.unit.code, today)[0]] if check.unit_id != unit.pk else None
            )
            title, problem = FOUND[number % len(FOUND)]
            same = chief is None or chief.pk == check.checker_id
            found = checks.Found(title, problem, fix="当场补齐,已复看。") if same else checks.Found(title, problem, owner=chief)
        checks.do_check(check, text="按清单抽查,逐项核对。", found=found, by=account(check.checker))


def run_works(loaded: Loaded, area: str) -> Story:
    """Put the kinds of works in force."""
    unit, today = loaded.units[area], loaded.world.today
    begin = today - timedelta(days=110)
    yield moment_of(begin, 9)
    templates.adopt_types(unit, by=loaded.holder("deputy_engineering", area, begin))
    yield moment_of(begin + timedelta(days=1), 9)
    for version in WorkVersion.objects.filter(area=unit).order_by("pk"):
        templates.publish_version(version, by=loaded.holder("branch_secretary", area, begin))


def follow_works(loaded: Loaded, area: str) -> list[Story]:
    """Return a story for each of the area's works."""
    numbers = range(len(WORKS)) if area == "A1" else [1]
    return [follow_work(loaded, area, number) for number in numbers]


def follow_work(loaded: Loaded, area: str, number: int) -> Story:
    """Live through one work as far as it has come; the third is stopped."""
    name, purpose, amount, goal = WORKS[number]
    day = loaded.world.today - timedelta(days=BACK[number])
    yield moment_of(day, 10)
    work = start_work(loaded, area, day, name, purpose, amount, number)
    for stage in range(goal):
        yield moment_of(day + timedelta(days=9 + 22 * stage), 15)
        pass_stage(work, stage)
    if number == STOPPED:
        yield moment_of(day + timedelta(days=36), 9)
        works.stop_work(work, ground="开工条件没有确认就已进场。", by=loaded.holder("discipline_member", area, day))


def start_work(loaded: Loaded, area: str, day: date, name: str, purpose: str, amount: str, number: int) -> Work:
    surface = number != 1
    version = WorkVersion.objects.get(area=loaded.units[area], type__code="surface" if surface else "workover", state="force")
    place = units_of(loaded, area)[number]
    chief = loaded.people[loaded.world.find_holders("station_chief", place.code, day)[0]]
    kinds = ("deputy_engineering", "deputy_production", "deputy_business", "discipline_member")
    heads = [loaded.people[loaded.world.find_holders(kind, area, day)[0]] for kind in kinds]
    seats = heads if surface else [heads[0], chief, heads[3]]
    people = {code: seats[number] for number, (code, _name) in enumerate(version.roles)}
    return works.start_work(
        version, unit=place, name=name, purpose=purpose, people=people, starts_on=day, amount=Decimal(amount),
        by=loaded.holder("area_manager", area, day),
    )  # fmt: skip


def pass_stage(work: Work, stage: int) -> None:
    """Fill in and check the forms of a stage, each by its own person."""
    for form in WorkForm.objects.filter(work=work, stage=stage).select_related("work__edition", "filler", "checker"):
        values = {row.code: FILLED[row.kind] if row.kind != "choice" else row.choices[0] for row in form.fields if not row.is_section}
        values |= {row.code: str(form.due - timedelta(days=3)) for row in form.fields if row.kind == "date"}
        files = (("佐证材料.txt", "(演示数据,内容从略)".encode()),) if form.definition.get("proof") else ()
        works.file_form(form, values, files=files, by=account(form.filler))
        works.check_form(WorkForm.objects.get(pk=form.pk), note="与现场相符。", by=account(form.checker))


def make_known(loaded: Loaded, area: str) -> Story:
    """Adopt the directory; what was due last month and before is made known, this month's waits."""
    unit, today = loaded.units[area], loaded.world.today
    month = first_of_month(first_of_month(today) - timedelta(days=1))
    yield moment_of(month, 8)
    openness.adopt_open(unit, by=loaded.holder("deputy_business", area, month))
    openness.plan_openness(unit, month)
    for row in list(Disclosure.objects.filter(area=unit).select_related("owner", "item").order_by("due", "pk")):
        yield moment_of(row.due, 16)
        openness.publish(
            row, text=f"{row.item.name}({row.period})已经核对,数据以附件为准。\n对内容有疑问的,五日内向支部反映。", by=account(row.owner)
        )
    yield moment_of(first_of_month(today), 8)
    openness.plan_openness(unit, today)
    yield from answer_opinions(loaded, area)
    yield moment_of(today, 7, 45)
    openness.prepare_elections(unit, today)


def answer_opinions(loaded: Loaded, area: str) -> Story:
    """Two opinions on what was made known last: one answered, one that waits."""
    unit, today = loaded.units[area], loaded.world.today
    row = Disclosure.objects.filter(area=unit, state="published").select_related("item").order_by("-due", "-pk").first()
    if row is None:
        return
    yield moment_of(today - timedelta(days=6), 10)
    one = opinions.ask(
        row, text="夜班补贴是按实际夜班数算的,还是按排班表算的?", by=loaded.holder("station_chief", units_of(loaded, area)[0].code, today)
    )
    yield moment_of(today - timedelta(days=4), 15)
    by = account(row.owner)
    opinions.answer(one, text="按实际出勤的夜班数,以班站考勤为准;有出入的找本站考勤员核对。", by=by)
    yield moment_of(today - timedelta(days=2), 9)
    opinions.note(row, text="公开栏贴得太高,看不清,建议也发到班组群。", channel="box", by=by)


def watch_numbers(loaded: Loaded, area: str) -> Story:
    """Adopt the rules of 预警, switch on those whose preview tells something, and let the worker look once."""
    unit, today = loaded.units[area], loaded.world.today
    yield moment_of(today, 8, 20)
    member = loaded.holder("discipline_member", area, today)
    alerts.adopt_rules(unit, by=member)
    for rule in AlertRule.objects.filter(
        area=unit, code__in=("board", "cures", "recurring", "waiting", "lapsed", "steps", "stops", "near", "quorum", "unratified")
    ):
        alerts.switch_rule(rule, active=True, by=member)
    alerts.evaluate_area(unit, today)
    for number, alert in enumerate(Alert.objects.filter(area=unit, state="open").select_related("owner").order_by("pk")[:4]):
        if number == 1:
            alerts.dismiss_alert(alert, reason="已在督办里跟踪,不另派任务。", by=account(alert.owner))
        elif number == 2:
            to = loaded.people[loaded.world.find_holders("deputy_production", area, today)[0]]
            alerts.task_alert(alert, assignee=to, due=today + timedelta(days=5), note="到现场督促,给出完成日期", by=account(alert.owner))


def units_of(loaded: Loaded, area: str) -> list[Unit]:
    return [loaded.units[row.code] for row in loaded.world.list_units(area) if loaded.units[row.code].kind == Unit.Kind.STATION]


def list_thursdays(first: date, last: date) -> list[date]:
    """Return the Thursdays in first..last."""
    start = monday_of(first) + timedelta(days=3)
    return [one for n in range(20) if first < (one := start + timedelta(days=7 * n)) <= last]


def account(person: Person | None) -> Any:
    assert person is not None
    return User.objects.get(pk=person.user_id)
