"""The matrix: adopted with the paper's faults, settled to none, changed from a day on, with the effect shown before it is saved."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.audit.models import Entry
from ronghe.common.actions import Refused, StaleForm
from ronghe.common.calendar import today
from ronghe.duties.actions.adopt import adopt_matrix
from ronghe.duties.actions.findings import accept_finding, record_term, refresh_findings, set_norm, withdraw_acceptance
from ronghe.duties.actions.matters import Held, add_matter, change_matter, end_matter, set_holdings
from ronghe.duties.models import Finding, Holding, Matter, MatterText
from ronghe.duties.packs import read_duties
from ronghe.duties.queries.findings import list_findings
from ronghe.duties.queries.picture import load_view
from ronghe.org.models import Membership, PartyOrg, TrackPlace
from ronghe.worklist.models import Task
from tests.duties.cases import adopt, holds, matter, user

TEXTS = {"what": "查隐患", "how": "每月一次", "degree": "整改率100%", "evidence": "隐患整改率", "basis": "安全生产法"}


@pytest.fixture
def paper(world):
    """The paper's arrangement in an area whose groups fit."""
    world.posts = adopt(world)
    TrackPlace.objects.all().delete()
    refresh_findings(world.area.pk)
    return world


def open_findings(world):
    return sorted(Finding.objects.filter(area=world.area, ended_on=None).values_list("rule", "title"))


def test_each_matter_of_the_pack_has_its_three_parts():
    pack = read_duties()
    assert len(pack.matters) >= 35
    assert [one.name for one in pack.matters if not all((one.what, one.how, one.degree, one.evidence, one.basis))] == []
    assert len({one.code for one in pack.matters}) == len({one.name for one in pack.matters}) == len(pack.matters)


def test_the_papers_arrangement_has_the_papers_faults(paper):
    assert open_findings(paper) == [
        ("committee", "支委 7 人,已到上限"),
        ("deputies", "设 2 名副书记(生产经营正职(经理)、党群副职(工会主席)),通常不超过 1 名"),
        ("gap", "“企业文化”没有人主管或分管"),
        ("gap", "“统战工作”没有人主管或分管"),
        ("gap", "“质量管理”没有人主管或分管"),
        ("overlap", "“人力资源”由党群正职(副经理)、经营管理副职按行政岗位同时负责"),
        ("self_supervision", "“经营管理”由经营管理副职办理,又由其监督"),
    ]
    tasks = Task.objects.open().filter(kind="分工问题", owner=paper.lijianguo)
    assert tasks.count() == 6  # the committee at its limit is a note and asks for nothing


def settle(world):
    """Settle the paper's faults in the matrix."""
    by, posts = user(world.lijianguo), world.posts
    for name, kind, side, how in (
        ("企业文化", "deputy_engineering", "committee", "charge"),
        ("统战工作", "deputy_party", "committee", "charge"),
        ("质量管理", "area_manager", "administrative", "lead"),
        ("人力资源", "deputy_business", "administrative", "assist"),
        ("经营管理", "deputy_business", "committee", ""),
        ("经营管理", "deputy_party", "committee", "supervise"),
    ):
        set_holdings(matter(world, name), [Held(posts[kind], side, how)], by=by)


def test_settled_there_is_no_fault_left(paper):
    settle(paper)
    assert [rule for rule, _title in open_findings(paper)] == ["committee", "deputies"]
    row = Finding.objects.get(rule="deputies", ended_on=None)
    accept_finding(row, reason="上级批复设两名副书记", review_on=today() + timedelta(days=90), by=user(paper.lijianguo))
    found = list_findings(load_view(paper.area.pk, today()))
    assert (found.open, [line.rule for line in found.notes], len(found.accepted)) == ([], ["支委人数"], 1)
    assert not Task.objects.open().filter(kind="分工问题").exists()
    # what is gone is kept, with its end
    assert Finding.objects.filter(area=paper.area, ended_on=today()).exclude(rule="group").count() == 5


def test_an_accepted_finding_comes_back_on_its_review_date(paper):
    row = Finding.objects.get(rule="overlap")
    review = today() + timedelta(days=30)
    accept_finding(row, reason="过渡期内两人共管", review_on=review, by=user(paper.lijianguo))
    assert refresh_findings(paper.area.pk, day=review - timedelta(days=1)) == 0
    assert not Task.objects.open().from_origin(row).exists()
    refresh_findings(paper.area.pk, day=review)
    assert Task.objects.open().from_origin(row).get().owner == paper.lijianguo
    assert [line.again for line in list_findings(load_view(paper.area.pk, review)).open if line.pk == row.pk] == [True]


def test_accepting_wants_a_reason_a_later_date_and_a_head(paper):
    row = Finding.objects.filter(rule="gap").first()
    with pytest.raises(ValidationError) as trouble:
        accept_finding(row, reason=" ", review_on=today(), by=user(paper.lijianguo))
    assert sorted(trouble.value.error_dict) == ["reason", "review_on"]
    for name in ("陈晓燕", "刘海涛", "赵敏", "韩冬"):
        with pytest.raises(PermissionDenied):
            accept_finding(row, reason="x", review_on=today() + timedelta(days=5), by=user(paper.person[name]))
    accept_finding(row, reason="年底前定", review_on=today() + timedelta(days=5), by=user(paper.wanghaitao))
    withdraw_acceptance(Finding.objects.get(pk=row.pk), by=user(paper.lijianguo))
    assert Task.objects.open().from_origin(row).count() == 1


def test_another_overlap_is_not_covered_by_the_acceptance(paper):
    row = Finding.objects.get(rule="overlap")
    accept_finding(row, reason="过渡", review_on=today() + timedelta(days=30), by=user(paper.lijianguo))
    held = Held(paper.posts["deputy_geology"], "administrative", "charge")
    set_holdings(matter(paper, "人力资源"), [held], by=user(paper.lijianguo))
    again = Finding.objects.get(rule="overlap", ended_on=None)
    assert again.pk != row.pk
    assert not again.is_accepted(today())


def test_what_applied_on_a_date(paper):
    hr, tomorrow = matter(paper, "人力资源"), today() + timedelta(days=1)
    set_holdings(hr, [Held(paper.posts["deputy_business"], "administrative", "assist")], by=user(paper.lijianguo), valid_from=tomorrow)

    def kinds(day):
        return sorted(Holding.objects.on(day).filter(matter=hr).values_list("post__kind", "kind"))

    assert kinds(today()) == [("branch_secretary", "lead"), ("deputy_business", "charge")]
    assert kinds(tomorrow) == [("branch_secretary", "lead"), ("deputy_business", "assist")]
    change_matter(hr, name="人力资源", flow="management", field="business", texts=TEXTS, by=user(paper.lijianguo), valid_from=tomorrow)
    assert MatterText.objects.on(tomorrow).get(matter=hr).what == "查隐患"
    assert MatterText.objects.on(today()).get(matter=hr).what != "查隐患"


@pytest.mark.parametrize("part", ["what", "how", "degree", "evidence", "basis"])
def test_no_matter_without_its_parts(paper, part):
    with pytest.raises(ValidationError) as trouble:
        add_matter(paper.area, name="安全检查", flow="business", field="safety", texts=TEXTS | {part: "  "}, by=user(paper.lijianguo))
    assert list(trouble.value.error_dict) == [part]
    assert not Matter.objects.filter(name="安全检查").exists()


def test_a_new_matter_is_a_gap_until_somebody_holds_it(paper):
    made = add_matter(paper.area, name="安全检查", flow="business", field="safety", texts=TEXTS, by=user(paper.lijianguo))
    assert Finding.objects.get(matter=made, ended_on=None).rule == "gap"
    set_holdings(made, [Held(paper.posts["area_manager"], "administrative", "lead")], by=user(paper.lijianguo))
    assert not Finding.objects.filter(matter=made, ended_on=None).exists()
    end_matter(made, reason="并入安全生产", by=user(paper.lijianguo))
    with pytest.raises(Refused):
        set_holdings(Matter.objects.get(pk=made.pk), [], by=user(paper.lijianguo))


def test_only_those_who_keep_it_change_it(paper):
    hr = matter(paper, "人力资源")
    held = [Held(paper.posts["deputy_business"], "administrative", "")]
    for name in ("陈晓燕", "周卫东", "刘海涛", "赵敏", "郑爽", "高明", "系统管理员", "韩冬"):
        with pytest.raises(PermissionDenied):
            set_holdings(hr, held, by=user(paper.person[name]))
    before = hr.version
    set_holdings(hr, held, by=user(paper.person["丁立"]))
    with pytest.raises(StaleForm):
        set_holdings(hr, held, by=user(paper.lijianguo), version=before)
    assert holds(paper, "人力资源") == [("branch_secretary", "administrative", "lead")]
    entry = Entry.objects.get(verb="调整分工")
    assert entry.changes == {"经营管理副职(行政岗位)": ["分管", "不负责"]}


def test_it_is_adopted_once(paper):
    with pytest.raises(Refused):
        adopt_matrix(paper.area, by=user(paper.lijianguo))


def test_a_threshold_of_the_areas_own(paper):
    set_norm(paper.area, code="deputies", value=2, basis="厂党委批复", by=user(paper.lijianguo))
    assert not Finding.objects.filter(rule="deputies", ended_on=None).exists()


def test_a_term_about_to_end(paper):
    branch = PartyOrg.objects.get(area=paper.area, kind="branch")
    record_term(branch, elected_on=date(2020, 1, 1), ends_on=today() + timedelta(days=30), by=user(paper.lijianguo))
    assert Finding.objects.get(rule="term", ended_on=None).title == "支委会任期还有 30 天届满,应当准备换届"


def test_groups_are_looked_at(world):
    adopt(world)
    Membership.objects.create(person=world.hejing, group=world.group["注采一站"], valid_from=date(2020, 1, 1))
    Membership.objects.create(person=world.wutong, group=world.group["注采一站"], valid_from=date(2020, 1, 1))
    refresh_findings(world.area.pk)
    titles = set(Finding.objects.filter(rule="group", ended_on=None).values_list("title", flat=True))
    assert "注采二站党小组 1 名党员,不足 3 名" in titles
    assert not any(title.startswith("注采一站") for title in titles)
