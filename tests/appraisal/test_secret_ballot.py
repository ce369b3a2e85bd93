"""民主测评 is secret: no table, audit, log or export ties a ballot to a judge; small groups are not shown; two exports differ in nothing."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from ronghe.appraisal.actions import ballots, count, cycles
from ronghe.appraisal.models import Code, NamedBallot, Tally, Urn
from ronghe.audit.models import Entry
from ronghe.common import urns
from ronghe.common.actions import Refused
from ronghe.common.calendar import today
from tests.appraisal import cases
from tests.appraisal.cases import cast, fresh, marks_for, user
from tests.meetings.test_secret_ballot import dump_rows, strip

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(world, settings, tmp_path):
    settings.RONGHE_URNS = tmp_path / "urns"
    cases.add_staff(world)
    return world


def staff_of(cycle, world):
    chief = cases.report_of(cycle, world.liuhaitao)
    return [seat.judge.person for seat in chief.seats.filter(group="staff").select_related("judge__person").order_by("pk")]


def hide(rows):
    """Rows without what is drawn anew each time: sealed bytes, names of urns and keys."""
    hidden = {"appraisal.Urn": {"sealed", "name"}, "appraisal.Cycle": {"key_name"}}
    drop_id = {"id"} if connection.vendor == "postgresql" else set()
    return {
        label: [tuple((n, v) for n, v in row if n not in hidden.get(label, set()) | drop_id) for row in table]
        for label, table in rows.items()
    }


def test_who_judged_what_changes_nothing_that_is_kept(world, django_capture_on_commit_callbacks, caplog):
    """Two worlds that differ only in which of the staff gave which marks are equal in every row, in the audit and the logs."""
    cycle = cases.ballot(world)
    staff = staff_of(cycle, world)
    assert len(staff) == 8
    caplog.set_level(logging.DEBUG)
    seen = []
    for levels in ([0, 1, 2, 3, 0, 1, 2, 0], [2, 0, 1, 0, 3, 0, 1, 2]):
        point = transaction.savepoint()
        caplog.clear()
        with django_capture_on_commit_callbacks():
            for judge in cycle.judges.select_related("person").order_by("pk"):
                cast(cycle, judge.person, levels[staff.index(judge.person)] if judge.person in staff else 1)
            during = hide(strip(dump_rows(), cycle))
            count.count_ballots(fresh(cycle), by=user(world.lijianguo))
        after = hide(strip(dump_rows(), cycle))
        texts = [one.getMessage() for one in caplog.records if not one.name.startswith("django.db")]
        seen.append((during, after, texts))
        transaction.savepoint_rollback(point)
    assert seen[0] == seen[1]


def test_the_audit_says_that_somebody_judged_and_never_what(world):
    cycle = cases.cast_all(cases.ballot(world), lambda place, _person: place % 4)
    entries = list(Entry.objects.filter(verb="已测评").values_list("note", "changes"))
    assert entries == [("", {})] * cycle.judges.count()


def test_one_ballot_each_over_everybody_and_only_by_who_has_a_seat(world):
    cycle = cases.ballot(world)
    cast(cycle, world.hejing)
    with pytest.raises(Refused, match="一人一票"):
        cast(cycle, world.hejing)
    marks = marks_for(cycle, world.wutong)
    for wrong in ({}, {pk: row[:-1] for pk, row in marks.items()}, {pk: [9] * len(row) for pk, row in marks.items()}):
        with pytest.raises(ValidationError):
            ballots.cast_ballot(fresh(cycle), wrong, by=user(world.wutong))
    for stranger in (world.handong, world.xitong):
        with pytest.raises(PermissionDenied):
            ballots.cast_ballot(fresh(cycle), marks, by=user(stranger))
    assert cycle.judges.filter(voted=True).count() == 1


def test_the_urns_have_one_length_and_their_key_dies_with_the_count(world, django_capture_on_commit_callbacks):
    cycle = cases.ballot(world)
    key, name = urns.read_key(cycle.key_name), cycle.key_name
    lengths = {len(bytes(urn.sealed)) for urn in Urn.objects.all()}
    states = {bytes(urn.sealed) for urn in Urn.objects.all()}
    cases.cast_all(cycle)
    assert {len(bytes(urn.sealed)) for urn in Urn.objects.all()} == lengths
    assert len(states | {bytes(urn.sealed) for urn in Urn.objects.all()}) > len(states)
    assert not urns.key_path(name).is_relative_to(Path(settings.RONGHE_KEYS)), "a backup takes this folder"
    assert urns.sweep_keys() == 0
    with django_capture_on_commit_callbacks(execute=True):
        done = count.count_ballots(fresh(cycle), by=user(world.lijianguo))
    assert not urns.key_path(name).exists()
    assert done.key_name == ""
    assert {bytes(urn.sealed) for urn in Urn.objects.all()} == {b""}
    assert key not in b"".join(bytes(str(row), "utf-8", "replace") for row in dump_rows()["appraisal.Urn"])


def test_small_groups_are_shown_together_or_not_at_all(world):
    cycle = cases.counted(world, levels=lambda place, _person: place % 4)
    tallies = {
        name: [(row.groups, row.ballots, row.score is not None, row.note) for row in Tally.objects.filter(report__person__name=name)]
        for name in ("刘海涛", "孙丽华")
    }
    # 注采一站: two 支委 go with eight of the staff; 注采二站: two and one are too few even together
    assert (["staff", "committee"], 10, True, "有的组票数不足 5 张,合并公布") in tallies["刘海涛"]
    withheld = [row for row in tallies["孙丽华"] if row[0] in (["committee"], ["staff"])]
    assert withheld == [
        (["committee"], 0, False, "票数不足 5 张,合并后仍不足,不公布,不计"),
        (["staff"], 0, False, "票数不足 5 张,合并后仍不足,不公布,不计"),
    ]
    for row in Tally.objects.filter(report__cycle=cycle, anonymous=True):
        assert all(sum(counts) >= 5 for counts in row.counts)
        assert row.score is None or row.ballots >= 5
    with pytest.raises(TypeError):
        Tally.objects.update(ballots=1)
    with pytest.raises(TypeError):
        Tally.objects.first().save()


def test_only_above_and_oneself_are_named(world):
    cases.counted(world)
    assert set(NamedBallot.objects.values_list("group", flat=True)) == {"heads", "self"}


def test_two_exports_differ_in_no_number(world, login):
    """Nothing is exported before the result is shown, and what is exported then stays: a late ballot cannot be read from a difference."""
    cycle = cases.ballot(world)
    boss = login(world.lijianguo)
    path = f"/appraisal/cycles/{cycle.pk}/export/"
    for judge in cycle.judges.select_related("person").order_by("pk"):
        assert boss.get(path).status_code == 302
        page = boss.get(f"/appraisal/cycles/{cycle.pk}/").content.decode()
        assert "平均" not in page
        cast(cycle, judge.person, 1)
    count.count_ballots(fresh(cycle), by=user(world.lijianguo))
    first = list(Tally.objects.order_by("pk").values())
    with pytest.raises(Refused):
        count.count_ballots(fresh(cycle), by=user(world.lijianguo))
    with pytest.raises(Refused):
        cast(cycle, world.hejing)
    from ronghe.appraisal.actions import outcomes

    outcomes.give_counts(fresh(cycle), {}, by=user(world.zhengshuang))
    outcomes.show_outcomes(fresh(cycle), by=user(world.lijianguo))
    assert list(Tally.objects.order_by("pk").values()) == first
    books = [read_cells(login(world.lijianguo).get(path)) for _twice in range(2)]
    assert books[0] == books[1]


def read_cells(answer):
    from io import BytesIO

    import openpyxl

    book = openpyxl.load_workbook(BytesIO(answer.getvalue()))
    return [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows(min_row=2)]


def test_a_lost_key_voids_the_ballot(world, django_capture_on_commit_callbacks):
    cycle = cases.ballot(world)
    cast(cycle, world.hejing)
    urns.destroy_key(cycle.key_name)
    with pytest.raises(Refused, match="重新投票"):
        cast(cycle, world.wutong)
    with django_capture_on_commit_callbacks(execute=True):
        dropped = cycles.drop_cycle(fresh(cycle), reason="密钥丢失", by=user(world.lijianguo))
    assert (dropped.state, dropped.judges.filter(voted=True).count(), NamedBallot.objects.count()) == ("dropped", 0, 0)


def test_slips_carry_no_name_and_are_used_once(world):
    cycle = cases.ballot(world, "leader-year")
    codes = ballots.make_codes(fresh(cycle), "delegates", 6, by=user(world.lijianguo))
    assert len(set(codes)) == 6
    assert not any(code in str(list(Code.objects.values())) for code in codes)
    subjects = list(cycle.reports.values_list("pk", flat=True))
    marks = {pk: [0] * len(cycle.template.items) for pk in subjects}
    for place, code in enumerate(codes[:5]):
        ballots.cast_by_code(f"{code[:5].lower()} {code[5:]}", {pk: [place % 4] * len(row) for pk, row in marks.items()})
    with pytest.raises(Refused, match="用过"):
        ballots.cast_by_code(codes[0], marks)
    with pytest.raises(Refused):
        ballots.cast_by_code("AAAAAAAAAA", marks)
    assert list(Entry.objects.filter(verb="已测评").values_list("actor_id", "note")) == [(None, "一次性代码")] * 5
    ballots.make_codes(fresh(cycle), "delegates", 1, by=user(world.lijianguo))
    with pytest.raises(Refused):
        ballots.cast_by_code(codes[5], marks)  # void since the new ones were made
    cases.cast_all(cycle)
    Code.objects.filter(used=False).update(void=True)
    count.count_ballots(fresh(cycle), by=user(world.lijianguo))
    seen = {tuple(row.groups): row.ballots for row in Tally.objects.filter(report__person=world.chenxiaoyan, anonymous=True) if row.counts}
    assert seen == {("delegates",): 5, ("leaders", "served"): 6}
    assert set(Code.objects.values_list("digest", flat=True)) == {""}


def test_nobody_counts_before_the_day_while_somebody_is_still_to_judge(world, settings):
    cycle = cases.ballot(world)
    cast(cycle, world.hejing)
    with pytest.raises(Refused, match="还没到测评截止日"):
        count.count_ballots(fresh(cycle), by=user(world.lijianguo))
    cycle.ballot_due = today() - timedelta(days=1)
    cycle.save()
    assert count.count_ballots(fresh(cycle), by=user(world.lijianguo)).state == "counted"


# --- personal invitations ---------------------------------------------------------------------------------------------
def invite(world, cycle):
    return {person.name: text for person, text in ballots.invite_judges(fresh(cycle), by=user(world.lijianguo))}


def test_an_invitation_ties_nothing_to_a_ballot(world, django_capture_on_commit_callbacks, caplog):
    """Everybody votes by link; two worlds that differ only in who of the staff gave which marks are equal in all that is kept."""
    cycle = cases.ballot(world)
    staff, links = staff_of(cycle, world), invite(world, cycle)
    caplog.set_level(logging.DEBUG)
    seen = []
    for levels in ([0, 1, 2, 3, 0, 1, 2, 0], [2, 0, 1, 0, 3, 0, 1, 2]):
        point = transaction.savepoint()
        caplog.clear()
        with django_capture_on_commit_callbacks():
            for judge in cycle.judges.select_related("person").order_by("pk"):
                level = levels[staff.index(judge.person)] if judge.person in staff else 1
                ballots.cast_by_invitation(links[judge.person.name], marks_for(cycle, judge.person, level))
            during = hide(strip(dump_rows(), cycle))
            count.count_ballots(fresh(cycle), by=user(world.lijianguo))
        kept = dump_rows()
        texts = [one.getMessage() for one in caplog.records if not one.name.startswith("django.db")]
        seen.append((during, hide(strip(kept, cycle)), texts))
        whole = f"{kept} {texts}"
        assert not any(text in whole or text.partition(":")[0] in whole or ballots.digest(text) in whole for text in links.values())
        entries = set(Entry.objects.filter(verb="已测评").values_list("actor_id", "actor_name", "note"))
        assert {(actor, note) for actor, _name, note in entries} == {(None, "邀请链接")}
        transaction.savepoint_rollback(point)
    assert seen[0] == seen[1]


def test_an_invitation_is_one_persons_for_one_round_and_once(world, django_capture_on_commit_callbacks, settings):
    cycle = cases.ballot(world)
    links = invite(world, cycle)
    assert set(links) == set(cycle.judges.values_list("person__name", flat=True))
    assert not any(text in str(dump_rows()) for text in links.values()), "only digests are kept"
    mine = marks_for(cycle, world.hejing)
    for wrong in (links["何静"][:-1] + ("A" if links["何静"][-1] != "A" else "B"), "x" * 52, "", links["何静"].partition(":")[0]):
        with pytest.raises(Refused, match="不对"):
            ballots.cast_by_invitation(wrong, mine)
    with pytest.raises(ValidationError):
        ballots.cast_by_invitation(links["何静"], marks_for(cycle, world.wanghaitao))  # whom another one judges
    ballots.cast_by_invitation(links["何静"], mine)
    assert cycle.judges.get(person=world.hejing).voted
    with pytest.raises(Refused):
        ballots.cast_by_invitation(links["何静"], mine)
    with pytest.raises(Refused, match="一人一票"):
        cast(cycle, world.hejing)
    cast(cycle, world.wutong)  # by the account: the link is worth nothing any more
    with pytest.raises(Refused):
        ballots.cast_by_invitation(links["吴桐"], marks_for(cycle, world.wutong))
    again = invite(world, cycle)
    assert not {"何静", "吴桐"} & set(again)
    with pytest.raises(Refused):
        ballots.cast_by_invitation(links["孙丽华"], marks_for(cycle, world.sunlihua))  # void since the new ones were drawn
    cycle = fresh(cycle)
    cycle.ballot_due = today() - timedelta(days=1)
    cycle.save()
    with pytest.raises(Refused, match="结束"):
        ballots.cast_by_invitation(again["孙丽华"], marks_for(cycle, world.sunlihua))
    with django_capture_on_commit_callbacks(execute=True):
        count.count_ballots(fresh(cycle), by=user(world.lijianguo))
    assert set(cycle.judges.values_list("link", flat=True)) == {""}
    with pytest.raises(Refused):
        ballots.cast_by_invitation(again["孙丽华"], {})


def test_invitations_only_where_the_template_says_so(world):
    quarter = cases.ballot(world, "leader-quarter", f"{today().year - 1}Q4")
    with pytest.raises(Refused, match="凭账号"):
        ballots.invite_judges(quarter, by=user(world.lijianguo))
    with pytest.raises(PermissionDenied):
        ballots.invite_judges(cases.ballot(world), by=user(world.wanghaitao))
