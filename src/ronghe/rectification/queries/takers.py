"""Who can be charged with something: holds a business post of the area today and has an account that works."""

from django.db.models import QuerySet

from ronghe.common.calendar import today
from ronghe.org.kinds import ADMINISTRATORS
from ronghe.org.models import Appointment, Person


def list_takers(area_id: int) -> QuerySet[Person]:
    """Return the people of an area who can own or verify an item, or carry out a measure."""
    held = Appointment.objects.on(today()).filter(post__area_id=area_id).exclude(post__kind__in=ADMINISTRATORS)
    return Person.objects.filter(pk__in=held.values("person_id"), area_id=area_id, left_on=None, user__is_active=True)
