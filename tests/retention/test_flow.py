"""A term from the proposal with its preview through the second person to the report; holds; nothing signed, published or audited is touched."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from ronghe.audit.models import Chain, Entry
from ronghe.audit.verification import verify_all
from ronghe.common.actions import Refused
from ronghe.common.calendar import now, today
from ronghe.common.models import Export, Submission
from ronghe.common.retention import Cut, kinds
from ronghe.notices.models import Notice
from ronghe.retention import actions
from ronghe.retention.models import Hold, Removal, Rule
from ronghe.retention.queries import check_report, find_terms
from tests.retention.cases import administrators, old_export, old_forms, old_notice


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.RONGHE_CHECKPOINTS = tmp_path / "checkpoints"
    settings.RONGHE_KEYS = tmp_path / "keys"
    settings.RONGHE_ARCHIVE = tmp_path / "archive"


def test_every_kind_has_a_term_and_a_basis(db):
    terms = {term.code: term for term in find_terms()}
    assert set(terms) == {
        "sessions", "waits", "forms", "answers", "jobs", "ticks", "exports", "deliveries", "notices", "contacts", "rosters", "concerns",
        "names", "packs", "pushes",
    }  # fmt: skip
    assert [code for code, term in terms.items() if not term.basis and not term.kind.own_term] == []
    assert terms["names"].days is None
    assert all(term.days is None or term.days >= term.kind.least_days for term in terms.values())


def test_no_kind_reaches_what_must_stay(world):
    """With everything over its term, no statement deletes or changes what was audited, signed or published."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        for _code, kind in kinds.items():
            kind.look(Cut(now() + timedelta(days=40_000)))
            kind.take(Cut(now() + timedelta(days=40_000)), 10)
    writes = [query["sql"] for query in seen if query["sql"].startswith(("DELETE", "UPDATE"))]
    kept = ("audit_", "assessment_", "letters_", "meetings_", "decisions_", "documents_", "appraisal_", "goals_", "org_person")
    assert [sql for sql in writes if any(sql.split('"')[1].startswith(name) for name in kept)] == []


def test_a_rule_from_preview_to_report(world, django_capture_on_commit_callbacks):
    xitong, anquan, _shenji = administrators(world)
    old_forms(7, days=20)
    with pytest.raises(PermissionDenied):
        actions.propose_rule("forms", days=10, basis="本单位规定", by=world.xitong.user)  # of one area only
    with pytest.raises(ValidationError):
        actions.propose_rule("exports", days=90, basis="本单位规定", by=xitong.user)  # a law wants six months
    with pytest.raises(Refused):
        actions.propose_rule("concerns", days=90, basis="本单位规定", by=xitong.user)
    rule = actions.propose_rule("forms", days=10, basis="本单位规定", by=xitong.user)
    assert rule.preview == 7
    assert Notice.objects.get(person=anquan).title == "“表单标识”的保存期限待您批准"
    actions.run_rules(today())
    assert Submission.objects.count() == 7  # not in force yet
    with pytest.raises(PermissionDenied):
        actions.decide_rule(rule, agree=True, by=xitong.user)
    with pytest.raises(Refused):
        actions.propose_rule("forms", days=5, basis="再提", by=xitong.user)
    with pytest.raises(Refused):
        actions.decide_rule(rule, agree=False, by=anquan.user)
    actions.decide_rule(rule, agree=True, by=anquan.user)
    with django_capture_on_commit_callbacks(execute=True):
        actions.run_rules(today())
        actions.run_rules(today())
    (row,) = Removal.objects.filter(kind="forms")
    assert (row.count, row.rule, row.days, row.way, row.held, row.left) == (7, 1, 10, "remove", 0, 0)
    assert row.first == row.last == today() - timedelta(days=20)
    assert (Submission.objects.count(), Entry.objects.filter(verb="按期限清除").count(), check_report()) == (0, 1, [])
    second = actions.propose_rule("forms", days=None, basis="不再清除", by=xitong.user)
    actions.decide_rule(second, agree=True, by=anquan.user)
    assert list(Rule.objects.filter(kind="forms").values_list("number", "state")) == [(2, "in_force"), (1, "retired")]
    old_forms(1, days=900)
    actions.run_rules(today())
    assert Submission.objects.count() == 1
    Chain.objects.update(checked=0)  # a test commits nothing, so not every checkpoint is written
    assert verify_all().faults == []


def test_bounded_batches(world, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 3)
    monkeypatch.setattr(actions, "MOST_BATCHES", 2)
    old_forms(8)
    actions.run_rules(today())
    actions.run_rules(today())
    assert list(Removal.objects.order_by("pk").values_list("count", "left")) == [(6, 2), (2, 0)]


def test_a_hold_keeps_its_area_and_stops_what_knows_no_area(world):
    _xitong, anquan, _shenji = administrators(world)
    ours, theirs = old_notice(world.hejing, 900), old_notice(world.handong, 900)
    old_forms(2)
    with pytest.raises(PermissionDenied):
        actions.place_hold(kind="", area=None, reason="巡察", by=world.anquan.user)
    with pytest.raises(PermissionDenied):
        actions.place_hold(kind="", area=world.other, reason="巡察", by=world.anquan.user)
    hold = actions.place_hold(kind="", area=world.area, reason="配合巡察", by=world.anquan.user)
    actions.run_rules(today())
    actions.run_rules(today())  # what is held back is said once
    assert [Notice.objects.filter(pk=row.pk).exists() for row in (ours, theirs)] == [True, False]
    assert Submission.objects.count() == 2
    told = Removal.objects.filter(kind__in=("notices", "forms")).order_by("pk").values_list("kind", "count", "held")
    assert sorted(told) == [("forms", 0, 2), ("notices", 0, 1), ("notices", 1, 1)]
    with pytest.raises(ValidationError):
        actions.lift_hold(hold, reason=" ", by=anquan.user)
    actions.lift_hold(hold, reason="巡察结束", by=anquan.user)
    with pytest.raises(Refused):
        actions.lift_hold(Hold.objects.get(), reason="再次", by=anquan.user)
    actions.run_rules(today())
    assert (Notice.objects.filter(pk=ours.pk).exists(), Submission.objects.count(), check_report()) == (False, 0, [])


def test_contacts_of_who_left_go_and_the_name_stays(world):
    person = world.wutong
    person.user.email = "wutong@example.com"
    person.user.save()
    person.left_on = today() - timedelta(days=89)
    person.save()
    actions.run_rules(today())
    person.user.refresh_from_db()
    assert person.user.email == "wutong@example.com"
    type(person).objects.filter(pk=person.pk).update(left_on=today() - timedelta(days=91))
    actions.run_rules(today())
    person.user.refresh_from_db()
    person.refresh_from_db()
    assert (person.user.email, person.name, person.user.username) == ("", "吴桐", "wutong")
    assert Removal.objects.get(kind="contacts").count == 1


def test_a_changed_report_is_seen_and_a_broken_run_is_closed(world):
    old_forms(1)
    actions.run_rules(today())
    with transaction.atomic():
        Removal.objects.create(kind="forms", title="表单标识", way="remove", day=today(), before=now(), count=4, started_at=now())
    old_export(1200)
    actions.run_rules(today())
    assert (check_report(), Export.objects.count(), Removal.objects.filter(ended_at=None).count()) == ([], 0, 0)
    Removal.objects.filter(count=4).update(count=3)
    assert check_report() == [f"{today()} “表单标识”这一行与摘要不符"]


def test_pages(world, login):
    xitong, anquan, shenji = administrators(world)
    old_forms(312, days=20)
    client = login(xitong)
    assert "表单标识" in client.get("/retention/").content.decode()
    page = client.get("/retention/kinds/forms/?days=10").content.decode()
    assert "会处理 312 条" in page
    assert client.get("/retention/kinds/nothing/").status_code == 404
    answer = client.post("/retention/kinds/exports/propose/", {"days": "3", "basis": "x", "once": "a"})
    assert (answer.status_code, "至少保存 183 天" in answer.content.decode()) == (422, True)
    assert client.post("/retention/kinds/forms/propose/", {"days": "", "basis": "x"}).status_code == 422
    assert client.post("/retention/kinds/forms/propose/", {"days": "10", "basis": "本单位规定", "once": "b"}).status_code == 302
    rule = Rule.objects.get()
    assert client.post("/retention/kinds/forms/approve/", {"version": rule.version}).status_code == 403
    client = login(anquan)
    assert "由提出人以外" not in client.get("/retention/kinds/forms/").content.decode()
    assert client.post("/retention/kinds/forms/decline/", {"note": "先不", "version": 99}).status_code == 422
    assert client.post("/retention/kinds/forms/approve/", {"version": rule.version, "once": "c"}).status_code == 302
    assert client.post("/retention/holds/new/", {"kind": "names", "area": "", "reason": "配合巡察", "once": "d"}).status_code == 302
    actions.run_rules(today())
    assert client.post(f"/retention/holds/{Hold.objects.get().pk}/lift/", {"reason": "结束", "version": 1, "once": "e"}).status_code == 302
    client = login(shenji)
    page = client.get("/retention/report/?kind=forms").content.decode()
    assert ("312" in page, "报告各行摘要相接" in page, "张三" in page) == (True, True, False)
    assert client.get("/retention/report/export/").status_code == 200
    assert "312" in client.get("/retention/report/print/").content.decode()
    assert "配合巡察" in client.get("/retention/holds/").content.decode()
    for other in (world.lijianguo, world.hejing, world.zhengshuang, world.gaoming):
        assert login(other).get("/retention/report/").status_code == 403
