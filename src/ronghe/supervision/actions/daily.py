"""纪检小组's log: what was done each day; names apart, and each reading of them with a reason."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import action
from ronghe.common.calendar import now, today
from ronghe.org.models import Person, Unit
from ronghe.supervision.actions.steps import person_of, require_text
from ronghe.supervision.models.checks import LogEntry, LogPerson, NameReading
from ronghe.supervision.permissions import may_keep_log, may_read_log


@action
def keep_log(
    unit: Unit, *, day: date, kind: str, business: str, text: str, by: Any, people: Sequence[Person] = (), count: int = 0
) -> LogEntry:
    """Write an entry. Names are kept apart and are in no record; the text should name nobody."""
    require(may_keep_log, by, unit)
    require_text(business=business, text=text)
    if day > today():
        raise ValidationError({"day": _("日期不能晚于今天。")})
    if any(person.area_id != unit.area_id for person in people):
        raise ValidationError({"people": _("涉及人员须是本管理区的人。")})
    named = [person.name for person in people if person.name in text]
    if named:
        raise ValidationError({"text": _("正文里不写姓名,请在“涉及人员”里选。")})
    row = LogEntry.objects.create(
        area_id=unit.area_id or 0, unit=unit, day=day, kind=kind, business=business.strip(), text=text.strip(), count=max(count, len(people)),
        by=person_of(by),
    )  # fmt: skip
    LogPerson.objects.bulk_create(LogPerson(entry=row, person=person) for person in people)
    record(by=by, verb="纪检日常记录", obj=row, area_id=row.area_id, note=row.get_kind_display())
    return row


@action
def read_names(entry: LogEntry, *, reason: str, by: Any) -> list[Person]:
    """Return whom an entry means, and keep who asked and why."""
    require(may_read_log, by, entry)
    require_text(reason=reason)
    NameReading.objects.create(entry=entry, by=person_of(by), reason=reason.strip(), at=now())
    record(by=by, verb="查看涉及人员姓名", obj=entry, area_id=entry.area_id, note=reason.strip())
    return list(Person.objects.filter(pk__in=LogPerson.objects.filter(entry=entry).values("person_id")).select_related("unit"))
