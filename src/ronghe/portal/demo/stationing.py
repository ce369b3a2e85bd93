"""The demo's 驻站带班: who answers for which station, ten weeks of visits, problems on every way, one theme before the 班子会 (M17)."""

from datetime import date, timedelta
from typing import Any

from ronghe.accounts.models import User
from ronghe.common.calendar import is_working_day
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Person, Unit
from ronghe.portal.demo.diary import Story
from ronghe.portal.demo.load import Loaded, moment_of
from ronghe.stationing import actions
from ronghe.stationing.actions import NewPoint
from ronghe.stationing.models import PlanDay, Point
from ronghe.stationing.rules import monday_of

WEEKS = 10
# kind, side, text, solved on the spot, where it goes otherwise
Line = tuple[str, str, str, str, str]
LINES: tuple[Line, ...] = (
    ("problem", "business", "计量间通风扇不转,夏天气味大", "", "rectify"),
    ("problem", "party", "党小组活动记录补填,内容和任务对不上", "", "rectify"),
    ("problem", "business", "夜班巡检手电筒电池不够用", "当天从库房领到 12 节", ""),
    ("idea", "business", "把两口低产井的巡检并到一条路线上", "", "answer"),
    ("problem", "business", "污油回收泵密封渗漏,地面有油迹", "", "solve"),
    ("problem", "party", "主题班会占用交接班时间太长", "和站长商定放到白班,控制在 20 分钟", ""),
    ("problem", "business", "井场标识牌褪色看不清井号", "", "solve"),
    ("problem", "business", "加药间洗眼器没有水,安全设施不能用", "", "rectify"),
    ("problem", "business", "分离器液位计刻度看不清", "", "solve"),
    ("problem", "party", "新来的两名预备党员还没有分配联系人", "当天由党小组长认领", ""),
    ("problem", "business", "单井管线穿路处套管外露,有安全隐患", "", "rectify"),
    ("idea", "party", "党课请老班长讲一次井下事故", "", "answer"),
    ("problem", "business", "厨房冰箱生熟没有分开", "当场分层贴签", ""),
    ("problem", "business", "注水泵房噪声大,耳塞领用断档", "", "solve"),
    ("problem", "party", "三务公开栏上月奖金分配没有更新", "", "solve"),
    ("problem", "business", "巡检车右后轮磨损到限", "", "rectify"),
    ("problem", "business", "值班室空调制热不好,夜班冷", "", "open"),
    ("problem", "business", "抽油机皮带护罩缺两颗螺栓", "当场补齐", ""),
    ("problem", "business", "夜班值班室冷,空调制热不好用", "", "open"),
    ("problem", "party", "倒班员工赶不上党员大会,补课没有安排", "", "solve"),
    ("problem", "business", "空调制热不好,值班室夜班冷得坐不住", "", "open"),
    ("problem", "business", "地磅显示屏进水", "", "solve"),
    ("idea", "business", "井口加药改成定时泵,少跑一趟", "", "open"),
    ("problem", "business", "站内消防沙结块", "当场翻松补满", ""),
)  # fmt: skip
CYCLE = (1, 2)


def visit_stations(loaded: Loaded, area: str) -> list[Story]:
    """Return the stories of one area: the covers and then each week's visits. The second area has its covers only."""
    stations = [loaded.units[row.code] for row in loaded.world.list_units(area) if loaded.units[row.code].kind == Unit.Kind.STATION]
    return [walk(loaded, area, stations)]


def walk(loaded: Loaded, area: str, stations: list[Unit]) -> Story:
    """Live through the weeks: planned on Monday, gone on the day, problems sent where they belong."""
    today = loaded.world.today
    first = monday_of(today - timedelta(weeks=WEEKS))
    yield moment_of(first - timedelta(days=7), 9)
    leaders = find_leaders(loaded, area, first)
    head = leaders[0]
    for number, station in enumerate(stations):
        actions.set_cover(station, leader=leaders[number % len(leaders)], since=first - timedelta(days=7), by=account(head))
    if area != "A1":
        return
    for station in stations[:2]:
        actions.set_shift(station, anchor=first, cycle=4, places=list(CYCLE), by=account(head))
    turn = 0
    for week in range(WEEKS + 1):
        monday = first + timedelta(weeks=week)
        if monday > today:
            return
        yield moment_of(monday, 8, 10)
        rows = actions.plan_week(loaded.units[area], monday=monday, by=account(head))
        for row in sorted(rows, key=lambda one: one.day):
            if row.day >= today or not is_working_day(row.day):
                continue
            yield moment_of(row.day, 17)
            turn += 1
            yield from go(row, turn)


def go(row: PlanDay, turn: int) -> Story:
    """Go there: mostly with one or two problems in the bag, now and then with none, once not at all."""
    user = account(row.leader)
    if turn == 7:
        actions.call_off(row, reason="到采油厂开会", by=user)
        return
    taken = [] if turn % 9 == 4 else [LINES[turn % len(LINES)]]
    points = [NewPoint(kind, side, text, result) for kind, side, text, result, _way in taken]
    joined = ("shift", "site") if turn % 3 else ("theme", "group", "site")
    visit = actions.file_visit(unit=row.unit, day=row.day, joined=joined, points=points, by=user, once=f"demo-visit-{row.pk}", plan=row)
    for point, line in zip(Point.objects.filter(visit=visit), taken, strict=True):
        yield moment_of(row.day + timedelta(days=turn % 5) if line[4] == "solve" else row.day, 18)
        follow(point, line[4], user)


def follow(point: Point, way: str, user: Any) -> None:
    if way == "rectify":
        actions.rectify_point(point, by=user)
    elif way == "solve":
        actions.solve_point(point, result="已安排处理,当天现场看过,恢复正常。", by=user)
    elif way == "answer":
        actions.answer_point(point, result="已请站里按创效建议提出,采纳后计入个人贡献。", by=user)


def find_leaders(loaded: Loaded, area: str, day: date) -> list[Person]:
    """Return the 班子 of an area, each once."""
    people: dict[int, Person] = {}
    for kind in LEADERS:
        for number in loaded.world.find_holders(kind, area, day)[:1]:
            people.setdefault(loaded.people[number].pk, loaded.people[number])
    return list(people.values())


def account(person: Person) -> Any:
    return User.objects.get(pk=person.user_id)
