"""A list with two lines, its checks planned, done, and what they found."""

from datetime import date

from ronghe.common.calendar import at_time
from ronghe.portal.demo.load import moment_of
from ronghe.supervision.actions import checks, daily, lines
from ronghe.supervision.models.checks import Check, Finding
from tests.stage import staged
from tests.supervision.cases import user

FIRST = date(2026, 11, 2)


def values(**extra):
    return {
        "business": "物资采购", "what": "比价和验收是不是三个人办的", "risk": "指定供应商", "supervised": "deputy_business",
        "supervisor": "discipline_member", "per_unit": False, "rule": "FREQ=MONTHLY;BYMONTHDAY=16", "shift": "after", "method": "抽查三笔",
        "basis": "采购办法",
    } | extra  # fmt: skip


@staged
def add(world, **extra):
    with at_time(moment_of(FIRST, 8)):
        return lines.add_line(world.area, values(**extra), by=user(world.lijianguo))


@staged
def plan(world, day=FIRST):
    with at_time(moment_of(day, 5)):
        checks.plan_checks(world.area, day=day)
    return list(Check.objects.select_related("line", "unit", "checker").order_by("pk"))


@staged
def one_check(world, **extra):
    add(world, **extra)
    return plan(world)[0]


@staged
def find(world, *, owner="刘海涛", fix="", **extra):
    check = one_check(world, **extra)
    found = checks.Found("缺比价单", "11 月第二笔没有比价单。", fix, world.person[owner] if owner else None)
    checks.do_check(check, text="抽查三笔。", found=found, by=user(check.checker))
    return Finding.objects.get(check_done=check)


@staged
def log(world, **extra):
    given = {
        "unit": world.unit["注采一站"], "day": FIRST, "kind": "remind", "business": "作风", "text": "提醒了两名同志。",
        "people": [world.wutong, world.hejing],
    } | extra  # fmt: skip
    return daily.keep_log(given.pop("unit"), by=user(world.zhengshuang), **given)
