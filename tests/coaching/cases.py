"""What the tests of 措施 share: a year of published months of one track, a measure in each stage, a pair."""

from datetime import date, time, timedelta
from decimal import Decimal

from ronghe.accounts.models import User
from ronghe.assessment.models import Mark, Result, Run, SchemeVersion
from ronghe.coaching.actions import displays, kinds, measures, pairs, talks
from ronghe.coaching.models import Kind
from ronghe.common.calendar import at_time, today
from ronghe.goals.models import Indicator
from ronghe.portal.demo.load import moment_of
from tests.assessment.month import SCHEME
from tests.stage import staged

PARTS = {"problem": "两项整改逾期。", "cause": "人手紧。", "promise": "本月底前办完。", "help": "技术室派一人帮一周。"}
STATIONS = ("注采一站", "注采二站", "注采三站")


def user(person):
    return User.objects.get(pk=person.user_id)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


@staged
def adopt(world):
    kinds.adopt_kinds(world.area, by=user(world.lijianguo))
    return {row.code: row for row in Kind.objects.filter(area=world.area)}


@staged
def decide(world, code="remind", *, person="刘海涛", by="李建国", owner="王海涛", **extra):
    kind = Kind.objects.filter(area=world.area, code=code, valid_to=None).first() or adopt(world)[code]
    who = world.person[person] if person else None
    unit = extra.pop("unit", None) or (who.unit if who else world.unit["注采一站"])
    given = {"ground": "整改逾期", "reason": "当面说清楚", "due": today() + timedelta(days=9)} | extra
    return measures.decide_measure(kind, unit=unit, person=who, owner=world.person[owner], by=user(world.person[by]), **given)


@staged
def notify(world, **extra):
    measure = decide(world, **extra)
    talks.give_notice(measure, meets_on=today(), meets_at=time(15, 0), place="谈话室", notice="带台账", by=user(measure.owner))
    return fresh(measure)


@staged
def recorded(world, **extra):
    measure = notify(world, **extra)
    talks.record_talk(measure, parts=PARTS, by=user(measure.owner))
    return fresh(measure)


@staged
def confirmed(world, **extra):
    measure = recorded(world, **extra)
    talks.confirm_talk(measure, words="同意", by=user(measure.person))
    return talks.confirm_talk(fresh(measure), words="", by=user(measure.owner))


@staged
def publish_year(world, rates, *, last="2026-10", full=100):
    """Published results of the three stations: `rates` month by month, oldest first, a row of three; the places follow."""
    scheme = SchemeVersion.objects.create(
        area=world.area, code="year", number=1, name="考核", basis="办法", period_kind="month", text=SCHEME, digest="x", state="published",
        author=world.zhaomin.user,
    )  # fmt: skip
    Indicator.objects.get_or_create(area=world.area, code="oil", defaults={"name": "原油产量", "unit_text": "t", "direction": "up"})
    year, month = (int(part) for part in last.split("-"))
    runs = []
    for back, row in enumerate(reversed(rates)):
        index = year * 12 + month - 1 - back
        run = Run.objects.create(
            area=world.area, period=f"{index // 12}-{index % 12 + 1:02d}", number=1, scheme=scheme, state="final", author=world.zhaomin.user,
            tracks=[["production", "采油站"]], inputs=b"", outputs=b"", inputs_digest="0", results_digest="0",
        )  # fmt: skip
        order = sorted(row, reverse=True)
        Result.objects.bulk_create(
            Result(
                run=run, unit=world.unit[name], track="production", total=Decimal(str(rate)), state="scored", place=order.index(rate) + 1,
                peers=3, party=Decimal(str(rate)) / 2, party_full=full // 2, business=Decimal(str(rate)) / 2, business_full=full // 2,
            )
            for name, rate in zip(STATIONS, row, strict=True)
        )  # fmt: skip
        Mark.objects.bulk_create(
            Mark(run=run, unit=world.unit[name], track="production", indicator="oil", side="business", full=55, state="scored",
                 mark=Decimal(str(rate)) * 55 / 100, lost=0, because="")
            for name, rate in zip(STATIONS, row, strict=True)
        )  # fmt: skip
        runs.append(run)
    return runs[::-1]


@staged
def propose(world, **extra):
    given = {
        "indicator": "oil", "indicator_name": "原油产量", "track": "production", "period": "2026-10", "why": "差 20 分",
        "target": "得满分的八成", "ends_on": today() + timedelta(days=90), "by": user(world.lijianguo),
    } | extra  # fmt: skip
    return pairs.propose_pair(world.unit["注采三站"], world.unit["注采二站"], **given)


@staged
def run_pair(world):
    pair = propose(world)
    pairs.agree_to_pair(pair, by=user(world.maxiaoyan))
    return pairs.agree_to_pair(fresh(pair), by=user(world.sunlihua))


def on(day: date):
    return at_time(moment_of(day, 9))


@staged
def one_of_everything(world):
    """Name of an address (or its start) → its arguments, of something of each kind."""
    from ronghe.coaching.models import Proposal

    measure = confirmed(world)
    kind = measure.kind
    proposal = Proposal.objects.create(
        area=world.area, unit=world.unit["注采一站"], kind=kind, ground="late", key="late:x", text="三项整改逾期", found_on=today(), due=today(),
        evidence=[{"text": "整改 1", "url": "/rectification/"}], owner=world.lijianguo,
    )  # fmt: skip
    run = Run.objects.filter(area=world.area).in_force().first() or publish_year(world, [(80, 95, 40)])[0]
    display = displays.show_month(run, scope="area", names=False, basis="考核办法", by=user(world.lijianguo))
    pair = run_pair(world)
    pairs.note_visit(
        pair, day=today(), seen="看了巡检", taken="看板", task="挂看板", owner=world.maxiaoyan, due=today(), by=user(world.maxiaoyan)
    )
    return {
        "coaching": {"pk": measure.pk},
        "coaching:display-new": {"pk": run.pk},
        "coaching:display-withdraw": {"pk": display.pk},
        "coaching:look": {"pk": measure.pk, "follow": measure.follows.first().pk},
        "coaching:proposal": {"pk": proposal.pk},
        "coaching:proposal-dismiss": {"pk": proposal.pk},
        "coaching:kind": {"pk": kind.pk},
        "coaching:pair": {"pk": pair.pk},
        "coaching:pair-task": {"pk": pair.pk, "task": pair.tasks.first().pk},
    }
