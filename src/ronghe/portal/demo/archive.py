"""The demo's 收发文: registers, a year of papers under their numbers, one that waits, one that was entered twice and is void."""

from datetime import date, timedelta
from typing import Any

from ronghe.archive.actions.dispatches import finish_dispatch, open_register, register_dispatch, void_dispatch
from ronghe.archive.models import Register
from ronghe.portal.demo.diary import Story
from ronghe.portal.demo.load import Loaded, moment_of

# days ago, register, title, the other side, their number, what becomes of it ('' : only registered)
PAPERS = (
    (320, "in", "关于下达年度党建工作要点的通知", "示范采油厂党委", "采厂党〔{year}〕3号", "done"),
    (300, "out", "关于报送年度党建工作计划的报告", "示范采油厂党委", "", ""),
    (210, "in", "关于开展安全生产月活动的通知", "示范采油厂", "采厂安〔{year}〕17号", "done"),
    (180, "out", "关于上半年组织生活开展情况的报告", "示范采油厂党委", "", ""),
    (96, "in", "关于规范三务公开目录的通知", "示范采油厂党委", "采厂党〔{year}〕29号", "done"),
    (95, "in", "关于规范三务公开目录的通知", "示范采油厂党委", "采厂党〔{year}〕29号", "void"),
    (40, "out", "关于三季度整改销号情况的报告", "示范采油厂党委", "", ""),
    (6, "in", "关于做好冬季安全生产检查的通知", "示范采油厂", "采厂安〔{year}〕41号", "waiting"),
)


def find_clerk(loaded: Loaded, kind: str, area: str, day: date) -> Any:
    """Return who holds the post on the day; while nobody does, the secretary, who always does."""
    held = loaded.world.find_holders(kind, area, day)
    return loaded.user(held[0]) if held else loaded.holder("branch_secretary", area, day)


def keep_papers(loaded: Loaded, area: str) -> Story:
    """Open both registers and enter the year's papers in the order of their days."""
    today: date = loaded.world.today
    unit = loaded.units[area]
    begun = today - timedelta(days=330)
    yield moment_of(begun, 9)
    secretary = loaded.holder("branch_secretary", area, begun)
    registers = {
        "in": open_register(unit, direction=Register.Direction.IN, name="党支部收文", prefix="收", by=secretary),
        "out": open_register(unit, direction=Register.Direction.OUT, name="党支部发文", prefix=f"示采{area[-1]}党", by=secretary),
    }
    for back, which, title, other, number, end in PAPERS:
        day = today - timedelta(days=back)
        yield moment_of(day, 10)
        clerk = find_clerk(loaded, "deputy_party", area, day)
        asked = end in ("done", "waiting")
        row = register_dispatch(
            registers[which], title=title, other_side=other, their_number=number.format(year=day.year), day=day, by=clerk,
            handler=find_clerk(loaded, "deputy_business", area, day).person if asked else None, due=day + timedelta(days=14) if asked else None,
        )  # fmt: skip
        if end == "done":
            yield moment_of(day + timedelta(days=9), 15)
            finish_dispatch(row, result="已按通知办理,情况已在支委会通报。", by=find_clerk(loaded, "deputy_business", area, day))
        elif end == "void":
            void_dispatch(row, reason="与前一日重复登记", by=clerk)
