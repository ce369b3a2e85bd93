"""Judged by results in the browser: a quarter for a leader, a year for a station chief, a month for a member, a talk to its last look, a pair to its effect.

What many others do in between (reports, ballots, counts) is done by the product's own actions in a process beside the server (`meanwhile`).
"""

import re
import subprocess
import sys
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests.browser.test_coaching import choose
from tests.browser.world import MOMENT, ROOT, make_environment

PRELUDE = """
from datetime import timedelta
import django
django.setup()
from ronghe.accounts.models import User
from ronghe.appraisal.actions import ballots, count, cycles, outcomes, reports, signing
from ronghe.appraisal.models import Cycle, Judge, Outcome, Report, Signature
from ronghe.coaching.models import Measure, Pair
from ronghe.common.calendar import at_time
from ronghe.portal.demo import appraisals as demo
from tests.browser.world import MOMENT
login = lambda name: User.objects.get(username=name)
def to_the_results(cycle, judged=""):
    # the ballots of everybody, or only those over one person, and then the last day has passed
    for report in cycle.reports.filter(state="draft").select_related("cycle__template", "person"):
        demo.present(report)
    if demo.fresh(cycle).state == "reporting":
        ballots.open_ballots(demo.fresh(cycle), due=MOMENT.date(), by=login("zhaolixin"))
    judges = Judge.objects.filter(cycle=cycle, voted=False)
    if judged:
        judges = judges.filter(seats__report__person__user__username=judged)
    for judge in judges.select_related("person").order_by("pk"):
        marks = {seat.report_id: [seat.report_id % 2] * len(cycle.template.items) for seat in judge.seats.all()}
        ballots.cast_ballot(demo.fresh(cycle), marks, by=demo.account(judge.person))
    if judged:
        Cycle.objects.filter(pk=cycle.pk).update(ballot_due=MOMENT.date() - timedelta(days=1))
    count.count_ballots(demo.fresh(cycle), by=login("zhaolixin"))
    outcomes.give_counts(demo.fresh(cycle), {}, by=login("yinjiansheng"))
    outcomes.show_outcomes(demo.fresh(cycle), by=login("zhaolixin"))
def see_all(cycle):
    for outcome in Outcome.objects.filter(report__cycle=cycle, current=True, seen_at=None).select_related("report__person"):
        outcomes.note_seen(outcome, by=demo.account(outcome.report.person))
"""


@pytest.fixture
def meanwhile(folder):
    """meanwhile(code) → what the code prints, run in the demo world at its moment."""

    def run(code):
        lines = "\n".join(f"    {line}" for line in code.strip().splitlines())
        script = f"{PRELUDE}\nwith at_time(MOMENT):\n{lines}\n"
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, env=make_environment(folder), check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    return run


def write_report(visitor):
    """Fill in what the open report asks, present it, and see it frozen."""
    page = visitor.page
    expect(page.get_by_role("button", name="述职", exact=True)).to_be_visible()
    page.wait_for_load_state()
    for field in page.locator("textarea[name^=f-]").all():
        field.fill("月初盯得不够,下月每旬看一次")
    page.get_by_role("button", name="述职", exact=True).click()
    page.get_by_role("button", name="确定").click()
    expect(page.locator("main")).to_contain_text("述职并封存")


def open_round(visitor, template, period):
    """Open a round from the list of templates; return the number of the round."""
    page = visitor.page
    page.goto("/appraisal/templates/")
    page.get_by_role("link", name=template).first.click()
    page.get_by_role("link", name="发起一轮").click()
    page.get_by_label("期间").fill(period)
    page.get_by_label("述职截止").fill(str(MOMENT.date()))
    page.get_by_role("button", name="提交").click()
    page.wait_for_url("**/appraisal/cycles/*/")
    return int(page.url.rstrip("/").rpartition("/")[2])


def press(page, name):
    """Press a button that asks whether that is meant."""
    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("button", name="确定").click()


def test_a_quarter_for_a_leader(visitor, meanwhile):
    """Opened, reported, judged; the sum added again by hand from the print; the two heads graded and signed from above, the rest by them."""
    boss = visitor("zhaolixin")
    pk = open_round(boss, "班子成员季度述职", "2026Q4")
    me = visitor("songxuelin")
    me.visit("/appraisal/").page.get_by_role("link", name="述职:2026年第四季度").click()
    write_report(me)
    meanwhile(f"to_the_results(Cycle.objects.get(pk={pk})); see_all(Cycle.objects.get(pk={pk}))")
    me.page.goto(f"/appraisal/cycles/{pk}/")
    me.page.get_by_role("link", name="看我的评定").click()
    me.look()
    me.page.get_by_role("link", name="打印").click()
    expect(me.page.locator("table.dense").first).to_be_visible()
    marks = [
        re.match(r"-?[\d.]+", text.strip()) for text in me.page.locator("table.dense").first.locator("td:nth-child(3)").all_inner_texts()
    ]
    total = re.search(r"总分 (-?[\d.]+)", me.page.locator("main, body").first.inner_text())
    assert total is not None
    assert sum(Decimal(one.group()) for one in marks if one) == Decimal(total.group(1))
    above = visitor("hanliming")
    page = above.visit(f"/appraisal/cycles/{pk}/").page
    expect(page.get_by_text("谁也不评定、不签发自己的")).to_be_visible()
    for name in ("赵立新", "孙海波"):
        page.get_by_role("row", name=name).get_by_role("link", name="评定", exact=True).click()
        expect(page.get_by_label("评定理由")).to_be_visible()
        page.locator("[name=grade]").select_option(label="称职")
        page.get_by_label("评定理由").fill("与述职和得分相符")
        page.get_by_role("button", name="提交").click()
        page.wait_for_url(f"**/cycles/{pk}/")
    expect(page.get_by_role("row", name="宋学林")).to_have_count(0)
    press(page, "签发")
    expect(page.get_by_text("已签发,等其余的人签")).to_be_visible()
    meanwhile(f"""
cycle = Cycle.objects.get(pk={pk})
for outcome in Outcome.objects.filter(report__cycle=cycle, current=True, report__part="plain").select_related("report__cycle__template"):
    outcomes.grade_outcome(outcome, grade="称职", reason="与得分相符", by=login("sunhaibo"))
signing.sign_cycle(demo.fresh(cycle), by=login("sunhaibo"))
""")
    boss.page.goto(f"/appraisal/cycles/{pk}/")
    press(boss.page, "签发")
    expect(boss.page.get_by_text("已签齐,结果生效")).to_be_visible()
    me.visit(f"/appraisal/cycles/{pk}/").page.get_by_role("link", name="看我的评定").click()
    expect(me.page.locator(".state-line").first).to_contain_text("称职")


def test_a_year_for_a_station_chief(visitor, meanwhile):
    """The year's round under way to the published grade, with an objection on a phone that somebody else answers."""
    pk = int(
        meanwhile("""
cycle = Cycle.objects.get(template__code="chief-year", state="balloting")
to_the_results(cycle, "wanghailin")
print(cycle.pk)
""")
    )
    me = visitor("wanghailin", phone=True)
    page = me.visit("/appraisal/").page
    page.get_by_role("link", name="核对评定:").click()
    me.look()
    page.get_by_role("link", name="提出异议").click()
    expect(page.get_by_label("理由")).to_be_visible()
    page.locator("[name=code]").select_option(label="被问责次数")
    page.get_by_label("理由").fill("请核对是不是把上年的算进来了")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("待答复")).to_be_visible()
    outcome = page.url
    boss = visitor("sunhaibo")
    boss.visit(f"/appraisal/cycles/{pk}/")
    boss.page.get_by_role("row", name="王海林").get_by_role("link", name="王海林").click()
    boss.page.get_by_role("link", name="答复").click()
    boss.page.get_by_label("答复").fill("核过,本年没有,按 0 计")
    boss.page.get_by_role("button", name="不成立").click()
    boss.page.wait_for_url(f"**/cycles/{pk}/")
    meanwhile(f"""
cycle = Cycle.objects.get(pk={pk})
see_all(cycle)
for outcome in Outcome.objects.filter(report__cycle=cycle, current=True).select_related("report__cycle__template"):
    outcomes.grade_outcome(outcome, grade="称职", reason="与得分相符", by=login("zhaolixin"))
for name in ("zhaolixin", "sunhaibo"):
    signing.sign_cycle(demo.fresh(cycle), by=login(name))
""")
    keeper = visitor("zhaolixin")
    keeper.page.goto(f"/appraisal/cycles/{pk}/")
    press(keeper.page, "公布等次")
    expect(keeper.page.get_by_text("公布的等次")).to_be_visible()
    me.visit(f"/appraisal/cycles/{pk}/")
    expect(page.get_by_role("listitem").filter(has_text="王海林 · 称职")).to_be_visible()
    page.goto(outcome)
    expect(page.get_by_text("核过,本年没有,按 0 计")).to_be_visible()


def test_a_month_for_a_member(visitor):
    """晾晒 of a member on a phone: filled with the month's facts, presented, read in the own 党小组 and nowhere else."""
    boss = visitor("zhaolixin")
    pk = open_round(boss, "党员干部月度晾晒", "2026-10")
    me = visitor("liumingliang", phone=True)
    me.visit("/appraisal/").page.get_by_role("link", name="述职:2026年10月").click()
    me.look()
    write_report(me)
    report = me.page.url
    fellow, stranger = visitor("wanghailin"), visitor("mengfanliang")
    assert fellow.page.goto(report).status == 200
    expect(fellow.page.locator("main")).to_contain_text("下月每旬看一次")
    stranger.visit(f"/appraisal/cycles/{pk}/")
    expect(stranger.page.get_by_role("link", name="刘明亮")).to_have_count(0)


def test_a_talk_to_its_last_look(visitor, meanwhile):
    """Every follow-up that the kind asks for, whether the promised help was given, and the end that comes with the last."""
    pk = meanwhile("""
measure = Measure.objects.filter(state="following", kind__way="talk", owner__user__username="zhouyumei").order_by("pk").first()
print(measure.pk)
""")
    me = visitor("zhouyumei")
    page = me.visit(f"/coaching/{pk}/").page
    left = page.get_by_role("link", name="记录回访").count()
    assert left >= 1
    for place in range(left):
        page.get_by_role("link", name="记录回访").first.click()
        expect(page.get_by_label("看到什么")).to_be_visible()
        page.get_by_role("radio").first.check()
        page.get_by_label("看到什么").fill("两项整改都销号了")
        page.locator("[name=help_kept]").select_option(label="兑现了")
        if not place:
            me.look()
        page.get_by_role("button", name="提交").click()
        page.wait_for_url(f"**/coaching/{pk}/")
    expect(page.locator(".state-line").first).to_contain_text("已办结")
    me.look()


def test_a_pair_to_its_effect(visitor, meanwhile):
    """A running pair: a visit with a task, the task done, the end written; the effect stands on its page and on that of all measures."""
    pk, login, name = meanwhile("""
from ronghe.coaching.actions.pairs import list_chiefs
pair = Pair.objects.filter(state="running").order_by("started_on").first()
chief = list_chiefs(pair.area_id, pair.weak_id)[0]
print(pair.pk, chief.user.username, chief.name)
""").split()
    me = visitor(login)
    page = me.visit(f"/coaching/pairs/{pk}/").page
    page.get_by_role("link", name="记录观摩").click()
    expect(page.get_by_label("看了什么")).to_be_visible()
    page.get_by_label("观摩日期").fill(str(MOMENT.date()))
    page.get_by_label("看了什么").fill("交接班和巡检")
    page.get_by_label("带回什么做法").fill("问题当班登记")
    page.get_by_label("用起来的任务").fill("本站用起来")
    choose(page.locator("[name=owner]"), name)
    page.get_by_label("期限").fill(str(MOMENT.date()))
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(f"**/pairs/{pk}/")
    for _task in range(page.get_by_role("link", name="完成", exact=True).count()):
        page.get_by_role("link", name="完成", exact=True).first.click()
        page.get_by_label("做了什么、结果怎样").fill("三个班组都在用")
        page.get_by_role("button", name="提交").click()
        page.wait_for_url(f"**/pairs/{pk}/")
    page.get_by_role("link", name="结束结对").click()
    page.get_by_label("学到了什么、效果怎样").fill("做法写进了本站制度")
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(f"**/pairs/{pk}/")
    expect(page.get_by_role("heading", name="转化了没有")).to_be_visible()
    me.look()
    title = page.locator("h1").first.inner_text()
    me.visit("/coaching/effects/")
    expect(page.get_by_role("link", name=title).first).to_be_visible()
