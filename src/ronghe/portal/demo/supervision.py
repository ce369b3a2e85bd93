"""The demo's 监督: two months of the week's board, with what was said each week, what went up and what was done (M9)."""

from datetime import date, timedelta
from typing import Any

from ronghe.accounts.models import User
from ronghe.org.models import Person, Unit
from ronghe.portal.demo.diary import Story
from ronghe.portal.demo.load import Loaded, moment_of
from ronghe.supervision.actions import boards
from ronghe.supervision.models import BoardItem
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
SAID = ("方案已定,物料到位。", "现场已经开工,完成三成。", "完成过半,本周天气影响两天。", "还差收尾,下周完成。")


def follow_board(loaded: Loaded, area: str) -> list[Story]:
    """Return a story for each item of the area's board; the second area has fewer."""
    entries = BOARD if area == "A1" else BOARD[::3]
    units = [loaded.units[row.code] for row in loaded.world.list_units(area) if loaded.units[row.code].kind == Unit.Kind.STATION]
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


def list_thursdays(first: date, last: date) -> list[date]:
    """Return the Thursdays in first..last."""
    start = monday_of(first) + timedelta(days=3)
    return [one for n in range(20) if first < (one := start + timedelta(days=7 * n)) <= last]


def account(person: Person | None) -> Any:
    assert person is not None
    return User.objects.get(pk=person.user_id)
