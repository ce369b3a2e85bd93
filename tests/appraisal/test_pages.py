"""A report with its draft, a ballot on a phone, a slip's ballot without a login, the result; who sees what; lists cost the same for one and three."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronghe.appraisal.actions import ballots
from ronghe.appraisal.models import Code, Cycle, Doubt, Outcome, Template
from ronghe.common.registry import find_facts
from ronghe.org.models import Person
from tests.appraisal import cases
from tests.appraisal.cases import fresh, user
from tests.goals.cases import issue, write_plan
from tests.meetings import cases as meeting_cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(world, settings, tmp_path):
    settings.RONGHE_URNS = tmp_path / "urns"
    return world


def answers(cycle):
    return {f"f-{one['code']}": cases.WORDS[one["code"]] for one in cycle.template.form}


def test_adopting_opening_and_reporting(world, login):
    boss = login(world.lijianguo)
    assert boss.post("/appraisal/templates/adopt/", {"once": "a"}).status_code == 302
    template = Template.objects.get(code="chief-year")
    path = f"/appraisal/templates/{template.pk}/open/"
    assert boss.post(path, {"period": "2026-13", "report_due": "2026-01-01"}).status_code == 422
    good = {"period": cases.YEAR, "report_due": boss.get(path).context["form"].initial["report_due"]}
    for _twice in range(2):
        assert boss.post(path, {**good, "once": "b"}).status_code == 302
    cycle = Cycle.objects.get()
    report = cases.report_of(cycle, world.liuhaitao)
    me = login(world.liuhaitao)
    at = f"/appraisal/reports/{report.pk}"
    assert "述职" in me.get("/appraisal/").content.decode()
    draft = me.post(f"{at}/draft/", {**answers(cycle), "f-party": "边写边存", "draft_number": "0", "draft_window": "w"})
    assert 'name="draft_number" value="1"' in draft.content.decode()
    assert me.post(f"{at}/draft/", {"f-party": "旧窗口", "draft_number": "0"}).status_code == 422
    page = me.get(f"{at}/write/").content.decode()
    assert "边写边存" in page
    short = me.post(f"{at}/write/", {"f-business": "只写成绩", "version": report.version})
    assert short.status_code == 422
    assert "只写成绩" in short.content.decode()
    proof = SimpleUploadedFile("台账.txt", "台账".encode())
    done = me.post(f"{at}/write/", {**answers(cycle), "version": report.version, "materials": proof, "once": "c"})
    assert done.status_code == 302, done.context["form"].errors
    assert login(world.sunlihua).get(f"{at}/").status_code == 404
    page = login(world.wanghaitao).get(f"{at}/").content.decode()
    assert "台账.txt" in page
    assert "躺井偏多" in page


def test_the_report_opens_filled_with_what_the_records_say(world, login):
    plan, _oil, _party = write_plan(world)
    issue(world, plan)
    cycle = cases.open_round(world, "leader-year")
    report = cases.report_of(cycle, world.lijianguo)
    page = login(world.lijianguo).get(f"/appraisal/reports/{report.pk}/write/").content.decode()
    assert "党小组标准化建设" in page
    done = cases.present(report)
    assert [fact["title"] for fact in done.facts if fact["group"] == "目标"] == ["党小组标准化建设"]
    from datetime import date

    year = int(cases.YEAR)
    groups = {fact.group for fact in find_facts(world.liuhaitao, date(year, 1, 1), date(year, 12, 31))}
    assert {"目标", "任务"} <= groups
    printed = login(world.lijianguo).get(f"/appraisal/reports/{report.pk}/print/").content.decode()
    assert "党小组标准化建设" in printed


def test_a_personnel_matter_is_in_no_report(world):
    """What a meeting assigned is a fact of its owner's report, but for personnel: all who judge read a report."""
    _meeting, item, follow_up, _urgent, _kind = meeting_cases.one_of_everything(world)
    row = type(item).objects.filter(pk=follow_up.item_id)

    def found():
        return [one.title for one in find_facts(follow_up.owner, follow_up.due, follow_up.due) if one.group == "决议落实"]

    row.update(matter_class="ordinary")
    assert found() == [follow_up.text]
    row.update(matter_class="personnel")
    assert found() == []


def test_a_ballot_by_account(world, login):
    cycle = cases.ballot(world)
    me, path = login(world.hejing), f"/appraisal/ballot/{cycle.pk}/"
    assert me.get(path).status_code == 200
    seats = cases.marks_for(cycle, world.hejing)
    form = {"marks": "1", **{f"m-{pk}-{place}": "1" for pk, row in seats.items() for place, _one in enumerate(row)}}
    missing = dict(list(form.items())[:-1])
    again = me.post(path, missing)
    assert again.status_code == 422
    assert "还没选" in again.content.decode()
    asked = me.post(path, form)
    assert asked.status_code == 422
    assert "确实是这个意思" in asked.content.decode()
    for _twice in range(2):
        assert me.post(path, {**form, "sure": "1", "once": "x"}).status_code == 302
    assert cycle.judges.get(person=world.hejing).voted
    assert me.get(path).status_code == 302
    assert login(world.zhaomin).get(path).status_code == 403


def test_a_ballot_by_a_slip_without_a_login(world, client):
    cycle = cases.ballot(world, "leader-year")
    code = ballots.make_codes(fresh(cycle), "delegates", 3, by=user(world.lijianguo))[0]
    opened = client.post("/appraisal/vote/", {"code": code})
    assert opened.status_code == 200
    assert "李建国" in opened.content.decode()
    form = {
        "marks": "1",
        "code": code,
        **{f"m-{pk}-{n}": str(n % 4) for pk in cycle.reports.values_list("pk", flat=True) for n in range(4)},
    }
    assert client.post("/appraisal/vote/", form).status_code == 302
    assert Code.objects.filter(used=True).count() == 1
    assert client.post("/appraisal/vote/", {"code": code}).status_code == 422
    assert "已投票" in client.get("/appraisal/vote/?done=1").content.decode()


def test_a_ballot_by_a_personal_link_without_a_login(world, login, client, mailoutbox):
    """Mail where there is an address, a slip for the rest; the link stands behind the #, the form takes what stands there."""
    cycle = cases.ballot(world)
    Person.objects.filter(pk=world.sunlihua.pk).update(user=None)  # who has no account judges too
    world.hejing.user.email = "hejing@example.test"
    world.hejing.user.save()
    path = f"/appraisal/cycles/{cycle.pk}/invitations/"
    assert login(world.wanghaitao).get(path).status_code == 403
    boss = login(world.lijianguo)
    assert boss.get(path).status_code == 200
    paper = boss.post(path, {"mail": "on", "once": "i"}).content.decode()
    assert "已发到邮箱 1 封" in paper
    assert "孙丽华" in paper
    assert "何静" not in paper
    [letter] = mailoutbox
    assert letter.to == ["hejing@example.test"]
    text = letter.body.partition("/appraisal/vote/#")[2].split()[0]
    client.logout()
    opened = client.post("/appraisal/vote/", {"code": text}).content.decode()
    assert "用一次作废" in opened
    seats = cases.marks_for(cycle, world.hejing)
    marks = {f"m-{pk}-{place}": str(place % 2) for pk, row in seats.items() for place, _one in enumerate(row)}
    assert client.post("/appraisal/vote/", {"marks": "1", "code": text, **dict(list(marks.items())[1:])}).status_code == 422
    assert client.post("/appraisal/vote/", {"marks": "1", "code": text, **marks}).status_code == 302
    assert cycle.judges.get(person=world.hejing).voted
    assert client.post("/appraisal/vote/", {"code": text}).status_code == 422
    assert "测评" not in login(world.hejing).get("/").content.decode().partition("待办")[2].partition("</section>")[0]


def test_the_committee_above_judges_by_name_and_sees_no_result(world, login):
    cycle = cases.ballot(world, "leader-year")
    above = login(world.gaoming)
    page = above.get(f"/appraisal/ballot/{cycle.pk}/")
    assert page.status_code == 200
    assert "记名" in page.content.decode()
    report = cases.report_of(cycle, world.lijianguo)
    assert above.get(f"/appraisal/reports/{report.pk}/").status_code == 200
    assert above.get("/appraisal/").status_code == 200
    assert above.get(f"/appraisal/cycles/{cycle.pk}/export/").status_code == 403


def test_guessing_codes_is_slowed(world, client):
    cache.clear()
    codes = [client.post("/appraisal/vote/", {"code": f"GUESS{n:05d}"}).status_code for n in range(31)]
    assert codes == [422] * 30 + [429]
    assert client.get("/appraisal/vote/").status_code == 429
    cache.clear()


def test_slips_are_printed_and_kept_nowhere(world, login):
    cycle = cases.ballot(world, "leader-year")
    path = f"/appraisal/cycles/{cycle.pk}/codes/delegates/"
    assert login(world.wanghaitao).get(path).status_code == 403
    paper = login(world.lijianguo).post(path, {"number": "12", "once": "y"})
    assert paper.status_code == 200
    assert Code.objects.count() == 12
    assert login(world.lijianguo).post(path, {"number": "0"}).status_code == 422
    assert login(world.lijianguo).post(f"/appraisal/cycles/{cycle.pk}/codes/leaders/", {"number": "3"}).status_code == 422


def test_from_the_count_to_the_publication(world, login):
    cycle = cases.counted(world)
    at = f"/appraisal/cycles/{cycle.pk}"
    report = cases.report_of(cycle, world.liuhaitao)
    member = login(world.zhengshuang)
    bad = member.post(f"{at}/counts/", {f"n-{report.pk}-discipline": "1", "version": cycle.version})
    assert bad.status_code == 422
    assert "请写明依据" in bad.content.decode()
    given = {f"n-{report.pk}-discipline": "1", f"t-{report.pk}-discipline": "厂纪〔2026〕2号", "version": cycle.version}
    assert member.post(f"{at}/counts/", given).status_code == 302
    assert login(world.lijianguo).post(f"{at}/outcomes/", {"version": fresh(cycle).version}).status_code == 302
    outcome = cases.result_of(cycle, world.liuhaitao)
    me = login(world.liuhaitao)
    page = me.get(f"/appraisal/outcomes/{outcome.pk}/").content.decode()
    assert "厂纪〔2026〕2号" in page
    assert "依据" in page
    assert fresh(outcome).seen_at is not None
    assert login(world.chenxiaoyan).get(f"/appraisal/outcomes/{outcome.pk}/").status_code == 404
    assert login(world.sunlihua).get(f"/appraisal/outcomes/{outcome.pk}/").status_code == 404
    me = login(world.liuhaitao)
    assert me.post(f"/appraisal/outcomes/{outcome.pk}/object/", {"code": "discipline", "reason": "是上年的"}).status_code == 302
    doubt = Doubt.objects.get()
    boss = login(world.wanghaitao)
    right = {"verdict": "upheld", "answer": "核实为上年", "right": "0", "version": doubt.version}
    assert boss.post(f"/appraisal/doubts/{doubt.pk}/answer/", right).status_code == 302
    made = cases.result_of(cycle, world.liuhaitao)
    assert made.total == outcome.total + 5
    cases.see_all(cycle)
    for one in Outcome.objects.filter(report__cycle=cycle, current=True):
        posted = boss.post(f"/appraisal/outcomes/{one.pk}/grade/", {"grade": "称职", "reason": "按分数", "version": one.version})
        assert posted.status_code == 302
    assert boss.post(f"{at}/sign/", {"version": fresh(cycle).version}).status_code == 302
    boss = login(world.lijianguo)
    assert boss.post(f"{at}/sign/", {"version": fresh(cycle).version}).status_code == 302
    assert boss.post(f"{at}/publish/", {"version": fresh(cycle).version}).status_code == 302
    assert fresh(cycle).state == "published"
    assert "称职" in login(world.wutong).get(f"{at}/").content.decode()


def test_revising_a_template_on_its_page(world, login):
    template = cases.adopt(world)["chief-year"]
    boss, path = login(world.lijianguo), f"/appraisal/templates/{template.pk}/revise/"
    initial = boss.get(path).context["form"].initial
    form = {**{name: str(value) for name, value in initial.items()}, "version": template.version, "reason": "按职代会意见"}
    wrong = boss.post(path, {**form, "w-heads": "31"})
    assert wrong.status_code == 422
    assert "合计须为 100" in wrong.content.decode()
    assert boss.post(path, {**form, "items": "生产经营实绩"}).status_code == 422
    assert boss.post(path, form).status_code == 422, "nothing was changed"
    done = boss.post(path, {**form, "w-heads": "20", "w-staff": "50", "quota": "优秀|20|厂考核办法第九条"})
    assert done.status_code == 302, done.context["form"].errors
    made = Template.objects.get(code="chief-year", valid_to=None)
    assert (made.number, made.quota, made.form) == (2, [{"grade": "优秀", "share": 20, "basis": "厂考核办法第九条"}], template.form)
    assert login(world.wutong).get(f"/appraisal/templates/{made.pk}/").status_code == 200
    assert login(world.wanghaitao).get(path).status_code == 403


@pytest.mark.parametrize("name", ["李建国", "刘海涛", "吴桐"])
def test_pages_cost_the_same_for_one_and_three(world, login, name):
    client = login(world.person[name])
    cycle = cases.open_round(world)

    def count(path):
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    one = count("/appraisal/")
    for year in (1, 2):
        cases.open_round(world, "chief-year", str(int(cases.YEAR) - year))
    assert count("/appraisal/") == one
    assert count(f"/appraisal/cycles/{cycle.pk}/") <= 16
