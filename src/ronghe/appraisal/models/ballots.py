"""民主测评 (docs/adr/0005). No row holds an anonymous judge's marks, not even for a moment: they are counts that rise in sealed urns.

`Judge.voted` says that somebody has judged, without a time; what is kept of anonymous groups after the close is `Tally`, frozen.
"""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ronghe.appraisal.models.cycles import READERS, Cycle, Report
from ronghe.common.models import VisibleQuerySet
from ronghe.org.models import Person
from ronghe.org.standing import standing_of


class OwnQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own row alone."""
        return self.filter(person_id=standing_of(user).person_id or 0)


class Judge(models.Model):
    """评议人: who judges in a cycle, and whether it is done. No time, no content.

    `link` is the digest of a personal invitation that can still be used: emptied by the ballot, and of everybody at the count.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="judges")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    voted = models.BooleanField(_("已投票"), default=False)
    link = models.CharField(max_length=64, blank=True, editable=False)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("评议人")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "person"], name="appraisal_judge_once"),
            models.UniqueConstraint(fields=["link"], condition=~Q(link=""), name="appraisal_judge_link_once"),
        ]


class SeatQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(judge__person_id=standing_of(user).person_id or 0)


class Seat(models.Model):
    """Whom a judge judges, and as a member of which group: one group for each person judged."""

    judge = models.ForeignKey(Judge, on_delete=models.PROTECT, related_name="seats")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="seats")
    group = models.CharField(max_length=20)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["judge", "report"], name="appraisal_seat_once")]


class Code(models.Model):
    """一次性代码: entitles whoever has the slip to one ballot of a group. Only its digest is kept, and no one's name."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="codes")
    group = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, blank=True)
    used = models.BooleanField(default=False)
    void = models.BooleanField(default=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("一次性代码")
        constraints = [models.UniqueConstraint(fields=["digest"], condition=~Q(digest=""), name="appraisal_code_digest_once")]
        indexes = [models.Index(fields=["cycle", "group"])]


class Urn(models.Model):
    """票箱 of one person judged and one anonymous group: a count for each item and level, sealed. Emptied at the close."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="urns")
    group = models.CharField(max_length=20)
    name = models.CharField(max_length=32, unique=True)
    sealed = models.BinaryField(editable=False)
    closed = models.BooleanField(default=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("测评票箱")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["report", "group"], name="appraisal_urn_once")]


class ShownQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Who keeps the round, from the count on; the person and who signs from the own check on. Nobody about oneself before that."""
        standing = standing_of(user)
        me = standing.person_id
        if me is None:
            return self.none()
        mine = Q(report__person_id=me, report__cycle__state__in=["shown", "signed", "published"])
        kept = Q(report__area_id__in=standing.areas_of(READERS)) & ~Q(report__person_id=me)
        signed = Q(report_id__in=Report.objects.signed_by(standing).exclude(person_id=me).values("pk"))
        return self.filter((kept | mine) & Q(report__area_id__in=standing.readable_areas) | signed)


class NamedBallot(models.Model):
    """The marks of 上级 or 自评: named by nature, and shown only after the count."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="named")
    group = models.CharField(max_length=20)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    marks = models.JSONField(default=list)

    objects = ShownQuerySet.as_manager()

    class Meta:
        verbose_name = _("记名测评")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["report", "person"], name="appraisal_named_once")]


class FrozenQuerySet(ShownQuerySet):
    def update(self, **kwargs: Any) -> int:
        raise TypeError("a tally is counted once and stands")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("a tally is counted once and stands")


class Tally(models.Model):
    """测评结果 of one person from one group, or from several that were too small to be shown alone. Written once, at the count."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="tallies")
    groups = models.JSONField(default=list)
    name = models.CharField(_("评议主体"), max_length=120)
    weight = models.DecimalField(_("权重"), max_digits=5, decimal_places=2)
    anonymous = models.BooleanField(default=True)
    entitled = models.PositiveIntegerField(_("应投"))
    ballots = models.PositiveIntegerField(_("实投"))
    counts = models.JSONField(_("各项各档票数"), default=list)
    score = models.DecimalField(_("得分"), max_digits=5, decimal_places=2, null=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("测评结果")
        ordering = ["id"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        raise TypeError("a tally is counted once and stands")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("a tally is counted once and stands")
