"""A small month whose marks can be added up by hand.

注采一站 11.25 + 13.50 + 15.00 + 41.25 = 81.00 · 注采二站 15 + 15 + 4.50 + 55 = 89.50 · 注采三站 7.50 + 15 + 15 + 27.50 = 65.00;
the two offices run in a track of their own, below min_peers.
"""

from decimal import Decimal

from ronghe.assessment import actions
from ronghe.figures.models import Batch, Figure, ReportingPeriod
from ronghe.goals.models import Indicator, Target
from tests.stage import staged

SCHEME = """
[scheme]
code = "group-station"
name = "党小组与班站一体化考核"
version = 1
basis = "《党小组考核评价办法》"
period = "month"

[ranking]
tie_break = ["oil"]

[[grade]]
name = "优秀"
min = 90
[[grade]]
name = "良好"
min = 80
[[grade]]
name = "合格"
min = 60
[[grade]]
name = "不合格"
min = 0

[[dimension]]
code = "propaganda"
name = "宣传上级精神"
[[dimension]]
code = "ideology"
name = "作思想政治工作"
[[dimension]]
code = "conduct"
name = "彰显作风形象"
[[dimension]]
code = "foundation"
name = "夯基础创效益"

[[indicator]]
code = "org_life"
name = "组织生活按期完成率"
unit = "%"
decimals = 1
dimension = "propaganda"
full = 15
method = "curve"
on = "actual"
points = [[60, 0], [100, 1]]

[[indicator]]
code = "petition"
name = "集体访越级访起数"
unit = "起"
decimals = 0
dimension = "ideology"
full = 15
method = "events"
each = -1.5

[[indicator]]
code = "accountability"
name = "违纪问责率"
unit = "%"
dimension = "conduct"
full = 15
method = "bands"
on = "actual"
bands = [[0, 1], [0.01, 0.6], [5, 0.3], [10, 0]]

[[indicator]]
code = "oil"
name = "原油产量"
unit = "t"
decimals = 0
dimension = "foundation"
full = 55
method = "curve"
on = "attainment"
points = [[0.8, 0], [1, 1]]
tracks = ["production"]

[[indicator]]
code = "service"
name = "服务保障评分"
unit = "分"
dimension = "foundation"
full = 55
method = "direct"
tracks = ["support"]

[[indicator]]
code = "accident"
name = "生产安全事故"
unit = "起"
decimals = 0
dimension = "foundation"
method = "veto"
effect = "zero_total"
"""

# code, unit of measure, side, direction, tracks
INDICATORS = (
    ("org_life", "组织生活按期完成率", "%", "party", "up", []),
    ("petition", "集体访越级访起数", "起", "party", "down", []),
    ("accountability", "违纪问责率", "%", "party", "down", []),
    ("oil", "原油产量", "t", "business", "up", ["production"]),
    ("service", "服务保障评分", "分", "business", "up", ["support"]),
    ("accident", "生产安全事故", "起", "business", "down", []),
)
ACTUALS = {
    "注采一站": {"org_life": 90, "petition": 1, "accountability": 0, "oil": 950, "accident": 0},
    "注采二站": {"org_life": 100, "petition": 0, "accountability": 6, "oil": 1000, "accident": 0},
    "注采三站": {"org_life": 80, "petition": 0, "accountability": 0, "oil": 900, "accident": 0},
    "综合党群室": {"org_life": 100, "petition": 0, "accountability": 0, "service": 50, "accident": 0},
    "经营管理室": {"org_life": 100, "petition": 0, "accountability": 0, "service": 40, "accident": 0},
}
OIL_TARGET = 1000


@staged
def add_indicators(area):
    """Define the indicators of the small scheme in an area."""
    for order, (code, name, unit, side, direction, tracks) in enumerate(INDICATORS):
        Indicator.objects.create(
            area=area, code=code, name=name, unit_text=unit, side=side, direction=direction, tracks=tracks, order=order,
            definition="按报表", basis="本单位规定", needs_target=code == "oil", plausible_high=1100 if code == "oil" else None,
        )  # fmt: skip


@staged
def report(world, period, values, *, area=None):
    """Put figures in force: {unit name: {indicator: actual}}."""
    area = area or world.area
    opened, _made = ReportingPeriod.objects.get_or_create(
        area=area, period=period, defaults={"opens_on": f"{period}-01", "due_on": f"{period}-20", "closes_on": f"{period}-28"}
    )
    indicators = {row.code: row for row in Indicator.objects.filter(area=area)}
    for name, figures in values.items():
        unit = world.unit[name]
        number = f"{unit.code}-{period}-{Batch.objects.count()}"
        batch = Batch.objects.create(area=area, unit=unit, period=opened, number=number, source="grid", author=world.hejing.user)
        batch.submit()
        batch.confirm()
        batch.save()
        for code, actual in figures.items():
            Figure.objects.filter(unit=unit, indicator=indicators[code], period=period, in_force=True).update(in_force=False)
            Figure.objects.create(
                area=area, batch=batch, unit=unit, indicator=indicators[code], period=period, actual=Decimal(str(actual)), in_force=True
            )
            if code == "oil":
                Target.objects.get_or_create(
                    area=area, unit=unit, indicator=indicators[code], period=period, defaults={"value": OIL_TARGET}
                )  # fmt: skip


@staged
def adopt(world, text=SCHEME, *, valid_from="2025-01"):
    """Take in the scheme as 赵敏 and publish it as 李建国."""
    scheme = actions.adopt_scheme(world.area, text, by=world.zhaomin.user)
    return actions.publish_scheme(scheme, by=world.lijianguo.user, valid_from=valid_from)


@staged
def run(world, period="2026-10", *, reason=""):
    """Run a month as 赵敏."""
    return actions.run_month(world.area, period, by=world.zhaomin.user, reason=reason)


@staged
def publish(world, period="2026-10", *, reason=""):
    """Run a month as 赵敏 and publish it as 李建国."""
    return actions.publish_run(run(world, period, reason=reason), by=world.lijianguo.user)
