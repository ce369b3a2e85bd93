"""What a person holds here, and how it is handed over: sheets of 季度检查. A report and a ballot are one's own."""

from typing import Any

from django.core.exceptions import ValidationError

from ronghe.appraisal.actions.onsite import move_sheet
from ronghe.appraisal.models import CheckSheet
from ronghe.audit.actions import record
from ronghe.common.actions import lock_row
from ronghe.common.links import link_to
from ronghe.common.registry import Held
from ronghe.org.models import Person

LABELS = ("appraisal.checksheet",)


def list_held(person_id: int) -> list[Held]:
    """Return the sheets that somebody is to fill in."""
    rows = CheckSheet.objects.filter(checker_id=person_id, state="due").select_related("unit", "round").order_by("pk")
    return [Held(f"sheet:{row.pk}", "季度检查", str(row), link_to("appraisal:sheet", row.pk)) for row in rows]


def hand_over(key: str, giver: Person, to: Person, by: Any, note: str) -> str:
    """Pass one on; returns why it can't. Part of the caller's action, which has asked whether it may."""
    sheet = lock_row(CheckSheet(pk=int(key.partition(":")[2])))
    if sheet.checker_id != giver.pk:
        return "已换人"
    try:
        move_sheet(sheet, to)
    except ValidationError as problem:
        return " ".join(problem.messages)
    record(by=by, verb="移交季度检查", obj=sheet, area_id=sheet.area_id, note=note, changes={"checker": [giver.name, to.name]})
    return ""
