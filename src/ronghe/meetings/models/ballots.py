"""无记名投票 (docs/adr/0005). No row holds one person's vote, not even for a moment: a vote is a count that rises inside a sealed urn.

`Urn.sealed` is the three counts, encrypted anew at each vote under a key that lies outside the database and outside every backup
(settings.RONGHE_URNS) and is destroyed at the close. `Voted` says that a person has voted, and nothing else.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ronghe.common.models import VisibleQuerySet
from ronghe.meetings.models.agenda import Item, ItemPartQuerySet
from ronghe.org.models import Person


class Urn(models.Model):
    """票箱. Of one length whatever it holds; emptied when the ballot is closed."""

    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="urn")
    name = models.CharField(max_length=32, unique=True)  # of the key's file; drawn, tells nothing
    sealed = models.BinaryField(editable=False)
    closed = models.BooleanField(default=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("票箱")

    def __str__(self) -> str:
        return self.name


class Voted(models.Model):
    """已投票: somebody has used the one vote. No time, no order, no content."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="voted")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = ItemPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("已投票")
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="meetings_voted_once")]
