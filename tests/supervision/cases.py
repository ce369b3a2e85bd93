"""What the tests of 监督 share: something in each state, reached through the actions that people take."""

from datetime import timedelta

from ronghe.accounts.models import User
from ronghe.common.calendar import today
from ronghe.supervision.actions import boards
from ronghe.supervision.models import BoardItem
from tests.stage import staged


def user(person):
    """The person's account, as a new request would load it."""
    return User.objects.get(pk=person.user_id)


def day(n):
    return today() + timedelta(days=n)


def fresh(row):
    return type(row)._default_manager.get(pk=row.pk)


@staged
def put(world, *, by="李建国", owner="刘海涛", unit="注采一站", **extra):
    """Something on the board."""
    values = {"title": "3 号井场围堰加固", "demand": "月底前验收。", "source": "manual", "due": day(10)} | extra
    return boards.open_board_item(unit=world.unit[unit], owner=world.person[owner], by=user(world.person[by]), **values)


@staged
def say(world, item, text="已完成一半。", *, claims=False):
    boards.report_items([boards.Line(item, text, claims)], by=user(item.owner))
    return fresh(item)


@staged
def claim(world, **extra):
    return say(world, put(world, **extra), "已验收。", claims=True)


@staged
def confirm(world, **extra):
    item = claim(world, **extra)
    return boards.confirm_item(item, result="现场看过。", by=user(item.supervisor))


@staged
def drop(world, **extra):
    item = put(world, **extra)
    return boards.drop_item(item, reason="并入大修。", by=user(item.supervisor))


BOARD_STATES = {"running": put, "claimed": claim, "done": confirm, "dropped": drop}


def late(item, days, **values):
    """The same item, due so many days ago."""
    BoardItem.objects.filter(pk=item.pk).update(due=day(-days), opened_on=day(-days - 20), **values)
    return fresh(item)


@staged
def one_of_everything(world):
    """Name of an address (or its start) → its arguments, of something of each kind."""
    from ronghe.supervision.actions import opinions
    from tests.supervision import alert_cases, check_cases, open_cases, work_cases

    finding = check_cases.find(world, per_unit=True, supervised="station_chief")
    entry = check_cases.log(world)
    work = work_cases.start(world)
    draft = work_cases.draft(world, name="第二类")
    alert = alert_cases.raise_one(world)
    row = open_cases.publish(world)
    election = open_cases.near_end(world)
    return {
        "supervision:open-row": {"pk": row.pk},
        "supervision:open-print": {"pk": row.pk},
        "supervision:open-publish": {"pk": row.pk},
        "supervision:open-correct": {"pk": row.pk},
        "supervision:open-ask": {"pk": row.pk},
        "supervision:open-heard": {"pk": row.pk},
        "supervision:opinion": {"pk": opinions.ask(row, text="怎么算的", by=user(world.qianjin)).pk},
        "supervision:open-item": {"pk": row.item_id},
        "supervision:election": {"pk": election.pk},
        "supervision:alert": {"pk": alert.pk},
        "supervision:rule": {"pk": alert.rule_id},
        "supervision:work": {"pk": work.pk},
        "supervision:work-form": {"pk": work.pk, "form": work.forms.first().pk},
        "supervision:version": {"pk": draft.pk},
        "supervision:stage": {"pk": draft.pk, "stage": 0},
        "supervision:stage-add": {"pk": draft.pk},
        "supervision:form-add": {"pk": draft.pk, "stage": 0},
        "supervision:form-edit": {"pk": draft.pk, "stage": 0, "place": 0},
        "supervision:board-item": {"pk": put(world).pk},
        "supervision:line": {"pk": finding.check_done.line_id},
        "supervision:check": {"pk": finding.check_done_id},
        "supervision:finding": {"pk": finding.pk},
        "supervision:daily-entry": {"pk": entry.pk},
    }
