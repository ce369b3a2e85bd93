"""From raising to the answer, once again a level up, and out of the books when the term is over."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from ronghe.audit.models import Entry
from ronghe.common.actions import Refused
from ronghe.common.calendar import add_working_days, today
from ronghe.common.models import Submission
from ronghe.concerns import actions
from ronghe.concerns.holdings import hand_over, list_held
from ronghe.concerns.models import Concern, Promise, Reading, Talk
from ronghe.concerns.queries import build_report, count_talks
from ronghe.notices.models import Notice
from ronghe.retention.actions import run_rules
from ronghe.retention.models import Removal
from ronghe.worklist.models import Task
from tests.concerns import cases


def find_words(words):
    """Return every (table, column) of the database in which these words stand."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            for column in model._meta.concrete_fields:
                cursor.execute(
                    f'select 1 from "{model._meta.db_table}" where cast("{column.column}" as text) like %s limit 1', [f"%{words}%"]
                )
                if cursor.fetchone():
                    found.append((model._meta.label_lower, column.name))
    return found


def test_without_a_name_nothing_leads_back_and_the_words_stand_in_one_place(world):
    concern = cases.raise_one(world)
    assert cases.raise_one(world) == concern  # the same form, sent again
    assert (concern.raised_by, concern.holder, str(concern)) == (None, world.lijianguo, "一件关切")
    assert find_words(cases.WORDS) == [("concerns.concern", "text")]
    entry = Entry.objects.get(verb="反映关切")
    assert (entry.actor_id, entry.actor_name, entry.object_name, entry.note, entry.changes) == (None, "系统", "一件关切", "", {})
    assert not Submission.objects.exists()
    assert not find_words(cases.CODE)
    # the only people in the concern, its task and its message are those who answer
    assert {(task.owner, task.title) for task in Task.objects.open()} == {(world.lijianguo, "一件关切请您答复")}
    assert {note.person for note in Notice.objects.all()} == {world.lijianguo}
    assert actions.find_with_code(cases.CODE) == concern
    assert actions.find_with_code("abcde-fghjk-99999") is None


def test_only_the_answerer_and_the_raiser_read_it_and_each_reading_is_kept(world):
    concern = cases.raise_one(world, named=True)
    everybody = [person for person in world.person.values() if person.user is not None]
    readers = {person.name for person in everybody if Concern.objects.visible_to(cases.user(person)).exists()}
    assert readers == {"吴桐", "李建国"}
    with pytest.raises(PermissionDenied):
        actions.open_concern(concern, by=cases.user(world.wanghaitao))
    with pytest.raises(Refused):
        actions.answer_concern(concern, answer="好", by=cases.user(world.lijianguo))  # before it was opened
    actions.open_concern(concern, by=cases.user(world.lijianguo))
    actions.open_concern(concern, by=cases.user(world.lijianguo))
    assert [row.reader for row in Reading.objects.visible_to(cases.user(world.wutong))] == [world.lijianguo] * 2


def test_for_another_only_with_consent_and_by_name(world):
    with pytest.raises(ValidationError):
        cases.raise_one(world, by="刘海涛", way="delegate", consent=False)
    concern = cases.raise_one(world, by="刘海涛", way="delegate", consent=True)
    assert concern.raised_by == world.liuhaitao
    mine = cases.raise_one(world, by="李建国", code="other-code-12", named=True)
    assert mine.holder == world.wanghaitao  # never to oneself
    with pytest.raises(ValidationError):
        cases.raise_one(world, code="third-code-12", to=world.liuhaitao)


def test_once_a_level_up_then_it_ends(world):
    concern = cases.answer(world)
    with pytest.raises(PermissionDenied):
        actions.respond(concern, settled=True, reply="", by=cases.user(world.wutong), code="")  # unnamed: only the code tells
    with pytest.raises(ValidationError):
        actions.respond(concern, settled=False, reply="", by=cases.user(world.wutong), code=cases.CODE)
    concern = actions.respond(concern, settled=False, reply="还是凉的", by=cases.user(world.wutong), code=cases.CODE)
    assert (concern.state, concern.holder) == ("open", world.wanghaitao)
    assert Entry.objects.get(verb="不认可答复").actor_id is None
    actions.open_concern(concern, by=cases.user(world.wanghaitao))
    concern = actions.answer_concern(cases.fresh(concern), answer="换了供应商。", by=cases.user(world.wanghaitao))
    with pytest.raises(Refused):
        actions.respond(concern, settled=False, reply="还是", by=cases.user(world.wutong), code=cases.CODE)
    concern = actions.respond(concern, settled=True, reply="", by=cases.user(world.wutong), code=cases.CODE)
    assert (concern.state, concern.settled, concern.ended_on) == ("closed", True, today())


def test_late_goes_up_and_silence_ends_and_the_words_go(world):
    concern = cases.raise_one(world, named=True)
    late = concern.due + timedelta(days=1)
    actions.tend_concerns(late)
    actions.tend_concerns(late)
    concern = cases.fresh(concern)
    assert concern.holder == world.wanghaitao
    assert not Concern.objects.visible_to(cases.user(world.lijianguo)).exists()  # who was late reads it no longer
    actions.open_concern(concern, by=cases.user(world.wanghaitao))
    promised = {"promise": "装微波炉", "promise_due": today() + timedelta(days=9)}
    concern = actions.answer_concern(cases.fresh(concern), answer="已安排热餐。", by=cases.user(world.wanghaitao), **promised)
    actions.tend_concerns(add_working_days(today(), actions.SILENT_DAYS) + timedelta(days=1))
    assert cases.fresh(concern).state == "closed"
    gone = today() + timedelta(days=91)
    run_rules(gone)
    assert cases.fresh(concern).emptied_on is None  # a promise is still open
    actions.keep_promise(Promise.objects.get(), result="两台都装了", by=cases.user(world.wanghaitao))
    run_rules(gone)
    assert [(row.kind, row.count) for row in Removal.objects.filter(kind="concerns")] == [("concerns", 1)]
    concern = cases.fresh(concern)
    assert (concern.text, concern.answer, concern.raised_by, concern.topic, concern.state) == ("", "", None, "life", "closed")
    assert not Reading.objects.exists()
    assert [find_words(words) for words in (cases.WORDS, "已安排热餐", "装微波炉", "两台都装了")] == [[], [], [], []]


def test_a_talk_took_place_and_a_promise_was_kept(world):
    by = cases.user(world.liuhaitao)
    with pytest.raises(ValidationError):
        actions.note_talk(world.liuhaitao, day=today(), by=by)
    with pytest.raises(PermissionDenied):
        actions.note_talk(world.liuhaitao, day=today(), by=cases.user(world.wutong))
    talk = actions.note_talk(world.sunlihua, day=today(), by=by, promise="帮着报名", promise_due=today() + timedelta(days=3))
    assert {person.name for person in world.person.values() if Talk.objects.visible_to(cases.user(person)).exists()} == {"刘海涛", "孙丽华"}
    with pytest.raises(PermissionDenied):
        actions.confirm_talk(talk, confirmed=True, by=by)
    actions.confirm_talk(talk, confirmed=True, by=cases.user(world.sunlihua))
    assert {(one.name, one.members, one.talked) for one in count_talks(world.area.pk, today().year) if one.talked} == {
        ("注采二站党小组", 1, 1)
    }
    assert [task.title for task in Task.objects.open()] == ["一项承诺请您兑现"]
    actions.keep_promise(Promise.objects.get(), result="报上了", by=by)
    assert not Task.objects.open().exists()


def test_what_one_holds_is_handed_over_without_its_words(world):
    cases.raise_one(world)
    (held,) = list_held(world.lijianguo.pk)
    assert cases.WORDS not in held.title
    refused = hand_over(held.key, world.lijianguo, world.liuhaitao, cases.user(world.lijianguo), "休假")
    assert refused == "只能交给班子成员"
    assert hand_over(held.key, world.lijianguo, world.wanghaitao, cases.user(world.lijianguo), "休假") == ""
    assert Concern.objects.get().holder == world.wanghaitao


def test_a_report_counts_from_five_upward(world):
    for number in range(6):
        cases.raise_one(world, code=f"code-number-{number}", topic="life" if number < 4 else "pay")
    Concern.objects.update(raised_on=build_report(world.area.pk).last)
    report = build_report(world.area.pk)
    assert {count for _topic, count in report.topics} == {None}
    assert report.total == 6
    cases.raise_one(world, code="code-number-7")
    Concern.objects.update(raised_on=report.last)
    assert dict(build_report(world.area.pk).topics)["生活后勤"] == 5
    assert build_report(world.area.pk).total is None  # or the two about pay could be worked out
