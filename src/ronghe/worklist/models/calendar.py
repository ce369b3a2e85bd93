"""日历订阅: the address by which a phone's calendar reads one person's dates. Only its digest is kept."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.models import Person
from ronghe.org.standing import standing_of


class CalendarKeyQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(person_id=standing_of(user).person_id or 0)


class CalendarKey(Record):
    """One subscription. The token itself is shown once, when it is made."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("用在哪里"), max_length=40)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_on = models.DateField(_("建立日期"))
    revoked_on = models.DateField(_("停用日期"), null=True, blank=True)

    objects = CalendarKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("日历订阅")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
