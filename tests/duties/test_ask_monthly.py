"""责任清单 in the month's list: a duty with a recurrence is a task of whoever holds the post, in the dates of its version, once."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from ronghe.duties.actions.lists import digest_rows, issue_list, read_rows, revise_list, save_draft, start_list
from ronghe.duties.models import DutyVersion
from ronghe.duties.queries.monthly import list_asked
from ronghe.worklist.actions.months import generate_month
from ronghe.worklist.models import Task
from tests.duties.cases import adopt, user

NOV, FIRST = "2026-11", date(2026, 11, 1)


@pytest.fixture
def paper(world):
    world.posts = adopt(world)
    return world


def issue(world, version, day):
    return issue_list(DutyVersion.objects.get(pk=version.pk), valid_from=day, by=user(world.lijianguo))


def asked(world):
    return list(Task.objects.open().filter(key__startswith="duty:").order_by("due", "key").values_list("owner__name", "title", "due"))


def test_a_leaders_duties_of_a_month(paper):
    version = start_list(by=user(paper.lijianguo), post=paper.posts["deputy_geology"])
    generate_month(paper.area, NOV, day=FIRST)
    assert asked(paper) == []  # a draft asks nothing of anybody
    issue(paper, version, FIRST)
    generate_month(paper.area, NOV, day=FIRST)
    expected = [("周卫东", "分管领域的安全环保责任", date(2026, 11, 10)), ("周卫东", "参加双重组织生活和联系党小组", date(2026, 11, 25))]
    assert asked(paper) == expected
    generate_month(paper.area, NOV, day=FIRST)
    assert asked(paper) == expected
    assert sorted((row.name, row.fields, row.feeds_name) for row in list_asked(paper.area.pk, NOV)) == [
        ("分管领域的安全环保责任", {"tick": 1}, "责任清单、年末责任书评议"),
        ("参加双重组织生活和联系党小组", {"tick": 1}, "责任清单、年末责任书评议"),
    ]


def test_a_new_version_in_the_middle_of_the_month(paper):
    """What both versions ask is one task; what the new one no longer asks falls away from its day on."""
    first = issue(paper, start_list(by=user(paper.lijianguo), post=paper.posts["deputy_geology"]), FIRST)
    generate_month(paper.area, NOV, day=FIRST)
    second = revise_list(first.duty_list, by=user(paper.lijianguo))
    rows = [row for row in read_rows(second) if row[1] != "参加双重组织生活和联系党小组"]
    save_draft(second, rows, basis="手册", reason="并入组织生活", by=user(paper.lijianguo))
    issue(paper, second, date(2026, 11, 20))
    generate_month(paper.area, NOV, day=date(2026, 11, 6))
    assert asked(paper) == [("周卫东", "分管领域的安全环保责任", date(2026, 11, 10))]


def test_a_groups_duty_goes_to_its_leader(paper):
    version = start_list(by=user(paper.lijianguo), group=paper.group["注采一站"])
    rows = read_rows(version)
    assert {row[4] for row in rows} == {""}  # the guide asks for these already
    rows[0] = (*rows[0][:4], "FREQ=WEEKLY;BYDAY=FR")
    save_draft(version, rows, basis="手册", reason="", by=user(paper.lijianguo))
    issue(paper, version, date(2026, 11, 9))
    generate_month(paper.area, NOV, day=FIRST)
    assert [(name, due.day) for name, _title, due in asked(paper)] == [("刘海涛", 13), ("刘海涛", 20), ("刘海涛", 27)]
    draft = revise_list(version.duty_list, by=user(paper.lijianguo))
    with pytest.raises(ValidationError, match="第 1 条"):
        save_draft(draft, [(*rows[0][:4], "每天")], basis="手册", reason="改", by=user(paper.lijianguo))


def test_the_digest_of_a_list_without_recurrence_is_what_it_was():
    assert digest_rows([("a", "b", "c", "d", "")]) == digest_rows([("a", "b", "c", "d")])
    assert digest_rows([("a", "b", "c", "d", "FREQ=WEEKLY")]) != digest_rows([("a", "b", "c", "d")])
