"""The terms of an area and who can be charged there."""

from dataclasses import fields

from django.db.models import QuerySet

from ronghe.common.calendar import today
from ronghe.initiatives.kinds import DEFAULT_TERMS, TermRule
from ronghe.initiatives.models import Terms
from ronghe.org.kinds import ADMINISTRATORS
from ronghe.org.models import Appointment, Person


def find_terms(area_id: int) -> TermRule:
    """Return the area's own terms, or the default ones. One query."""
    row = Terms.objects.filter(area_id=area_id).first()
    if row is None:
        return DEFAULT_TERMS
    return TermRule(**{one.name: getattr(row, one.name) for one in fields(TermRule)})


def list_able(area_id: int) -> QuerySet[Person]:
    """Return the people of an area who can be charged: in a business post today, with an account that works."""
    held = Appointment.objects.on(today()).filter(post__area_id=area_id).exclude(post__kind__in=ADMINISTRATORS)
    return Person.objects.filter(pk__in=held.values("person_id"), area_id=area_id, left_on=None, user__is_active=True)


def list_credible(area_id: int) -> QuerySet[Person]:
    """Return the people of an area who can be credited: whoever works there, with an account to agree by."""
    return Person.objects.filter(area_id=area_id, left_on=None, user__is_active=True)
