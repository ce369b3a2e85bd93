"""大练兵: one's own result for oneself, teams from three up, nothing of individuals anywhere; practice; the pages."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.capability import actions
from ronghe.capability.models import Attempt, Mastery, PracticeCheck, Training
from ronghe.capability.queries.quizzes import list_asked, sum_teams
from ronghe.common import registry
from ronghe.common.actions import Refused
from ronghe.common.calendar import today
from ronghe.documents.models import Document
from tests.capability import cases
from tests.documents.test_attach_file import PDF
from tests.figures.reading.builders import make_csv
from tests.test_exports import named


def test_a_try_is_marked_explained_and_ones_own(world):
    quiz = cases.quiz(world)
    by = cases.user(world.wutong)
    attempt = actions.start_attempt(quiz, by=by)
    assert actions.start_attempt(quiz, by=by) == attempt
    with pytest.raises(Refused):
        actions.hand_in(attempt, answers=[[0]] * 3, by=cases.user(world.hejing))
    done = cases.take(world, quiz, "吴桐", rightly=2)
    assert (done.pk, done.score) == (attempt.pk, 66)
    with pytest.raises(Refused):
        actions.hand_in(done, answers=[[0]] * 3, by=by)
    assert all(one.why for one in list_asked(done))
    readers = {person.name for person in world.person.values() if Attempt.objects.visible_to(cases.user(person)).exists()}
    assert readers == {"吴桐"}


def test_teams_are_shown_from_three_people_up_in_the_order_of_units(world):
    quiz = cases.quiz(world)
    for name in ("刘海涛", "何静"):
        cases.take(world, quiz, name)
    cases.take(world, quiz, "孙丽华", rightly=0)
    teams = dict(sum_teams(quiz))
    assert (teams["注采一站"].taken, teams["注采一站"].mean, teams["注采二站"].mean) == (2, None, None)
    cases.take(world, quiz, "吴桐", rightly=0)
    cases.take(world, quiz, "吴桐")  # the best counts
    teams = sum_teams(quiz)
    assert [name for name, _team in teams][:3] == ["注采一站", "注采二站", "注采三站"]
    assert (dict(teams)["注采一站"].mean, dict(teams)["注采一站"].passed) == (100, 100)


def test_nothing_of_an_individuals_quiz_leaves(world, client):
    """No search, no fact, no export, no page of another bears a person's result."""
    quiz = cases.quiz(world, name="专项练兵")
    cases.take(world, quiz, "吴桐", rightly=1)
    client.force_login(cases.user(world.lijianguo), backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/capability/quizzes/{quiz.pk}/").content.decode()
    assert "吴桐" not in page
    assert ">33<" not in page
    person = client.get(f"/capability/people/{world.wutong.pk}/").content.decode()
    assert "专项练兵" not in person
    attempt = Attempt.objects.get()
    assert client.get(f"/capability/attempts/{attempt.pk}/").status_code == 404
    facts = [fact for find in registry.facts.values() for fact in find(world.wutong, today().replace(month=1, day=1), today())]
    assert [fact for fact in facts if "练兵" in fact.title or "练兵" in fact.group] == []


def test_practice_is_seen_by_another(world):
    by = cases.user(world.liuhaitao)
    practice = actions.add_practice(world.area, name="灭火器使用", steps=["提", "", "拔", "压"], basis="规程", by=by)
    assert practice.steps == ["提", "拔", "压"]
    with pytest.raises(ValidationError):
        actions.check_practice(practice, person=world.wutong, done=[0], note="", by=by)
    actions.check_practice(practice, person=world.wutong, done=[0], note="压把太慢", by=by)
    actions.check_practice(practice, person=world.wutong, done=[0, 1, 2, 9], note="", by=by)
    assert list(PracticeCheck.objects.order_by("pk").values_list("passed", flat=True)) == [False, True]
    with pytest.raises(PermissionDenied):
        actions.check_practice(practice, person=world.sunlihua, done=[0, 1, 2], note="", by=by)
    with pytest.raises(PermissionDenied):
        actions.check_practice(practice, person=world.liuhaitao, done=[0, 1, 2], note="", by=by)


def test_who_passes_on_the_job_has_closed_the_gap(world):
    by = cases.user(world.liuhaitao)
    practice = actions.add_practice(world.area, name="灭火器使用", steps=["提", "拔"], basis="规程", shows="消防技能", level=2, by=by)
    step = cases.plan(world, "吴桐", gap="消防技能", way="practice")
    actions.check_practice(practice, person=world.wutong, done=[0], note="慢", by=by)
    assert (Mastery.objects.count(), cases.fresh(step).state) == (0, "open")
    actions.check_practice(practice, person=world.wutong, done=[0, 1], note="", by=by)
    actions.check_practice(practice, person=world.wutong, done=[0, 1], note="", by=by)
    assert list(Mastery.objects.values_list("person", "name", "level", "judged_by")) == [
        (world.wutong.pk, "消防技能", 2, world.liuhaitao.pk)
    ]
    step = cases.fresh(step)
    assert (step.state, step.result) == ("done", f"实操合格:灭火器使用({today()})")


def test_a_certificate_bears_its_scan(world, login):
    client = login(world.liuhaitao)
    form = {"name": "井控操作证", "issued_on": f"{today()}", "once": "scan-1"}
    path = f"/capability/people/{world.liuhaitao.pk}/certificate/"
    wrong = client.post(path, {**form, "scan": named(b"plain text", "证书.txt")})
    assert wrong.status_code == 422
    assert "图片或 PDF" in wrong.content.decode()
    client.post(path, {**form, "once": "scan-2", "scan": named(PDF, "证书.pdf")})
    scan = Document.objects.get()
    assert f"/documents/{scan.pk}/" in client.get(f"/capability/people/{world.liuhaitao.pk}/").content.decode()
    assert client.get(f"/documents/{scan.pk}/").status_code == 200
    assert login(world.sunlihua).get(f"/documents/{scan.pk}/").status_code == 404


def test_the_pages_from_sheet_to_picture(world, login):
    client = login(world.lijianguo)
    client.post("/capability/standards/adopt/", {"once": "adopt-1"})
    bad = make_csv([["工号", "课程", "日期", "学时"], ["没有的人", "井控", "2026-01-05", "8"]])
    shown = client.post("/capability/training/", {"file": named(bad, "学时.csv")})
    assert shown.status_code == 422
    assert "不认识这个人" in shown.content.decode()
    good = make_csv([["姓名", "课程", "日期", "学时"], ["刘海涛", "井控", today().isoformat(), "8"]])
    assert client.post("/capability/training/", {"file": named(good, "学时.csv")}).status_code == 302
    assert Training.objects.get().person == world.liuhaitao
    sheet = make_csv([["题目", "A", "B", "答案", "解析"], ["先做什么", "关井", "拍照", "A", "先控制井口"]])
    assert client.post("/capability/banks/", {"bank": "井控", "file": named(sheet, "题.csv")}).status_code == 302
    paths = (
        "",
        "people/",
        "certificates/",
        "standards/",
        "matrix/",
        "matrix/?role=station_chief",
        "successors/",
        "quizzes/",
        f"people/{world.liuhaitao.pk}/",
    )
    for path in paths:
        assert client.get(f"/capability/{path}").status_code == 200, path
    page = client.get(f"/capability/people/{world.liuhaitao.pk}/").content.decode()
    assert "8/32 学时,还差 24" in page
    assert login(world.sunlihua).get(f"/capability/people/{world.liuhaitao.pk}/").status_code == 403
    assert login(world.wutong).get(f"/capability/people/{world.wutong.pk}/").status_code == 200
