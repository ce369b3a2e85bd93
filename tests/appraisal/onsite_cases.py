"""A quarter's check with its sheets, one of them filled in."""

from datetime import timedelta

from ronghe.appraisal.actions import onsite
from ronghe.appraisal.models import CheckSheet
from ronghe.appraisal.rules.onsite import Answer
from ronghe.common.calendar import today
from ronghe.duties.actions.lists import issue_list, start_list
from tests.appraisal.cases import fresh, user
from tests.stage import staged

QUARTER = "2026Q3"


@staged
def open_round(world, quarter=QUARTER):
    return onsite.open_check_round(world.area, quarter=quarter, due=today() + timedelta(days=9), basis="考核办法", by=user(world.lijianguo))


@staged
def sheet_of(world, unit="注采一站"):
    return CheckSheet.objects.select_related("round", "unit", "checker").get(unit=world.unit[unit])


def answers(sheet, **given):
    """Everything reached, but for what `given` says of a place: p3='none'."""
    return [
        Answer(verdict := given.get(f"p{line.order}", "full"), "台账缺两次" if verdict in ("part", "none") else "")
        for line in sheet.lines.all()
    ]


def fill(sheet, once="phone-0001", **given):
    return onsite.file_sheet(fresh(sheet), answers(sheet, **given), note="总的可以", once=once, by=user(sheet.checker))


@staged
def issue_duties(world, unit="注采一站"):
    """Issue the list of a station's 党小组 with the pack's duties."""
    version = start_list(by=user(world.lijianguo), group=world.group[unit])
    return issue_list(version, valid_from=today(), by=user(world.lijianguo))
