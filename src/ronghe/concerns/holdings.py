"""What a person holds here: concerns to answer, promises to keep. Titles say nothing of them."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from ronghe.audit.actions import record
from ronghe.common.actions import lock_row
from ronghe.common.registry import Held
from ronghe.concerns.actions import NAME, expect, make_promise
from ronghe.concerns.models import Concern, Promise
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Appointment, Person
from ronghe.worklist.actions import settle_tasks

LABELS = ("concerns.concern", "concerns.promise")


def list_held(person_id: int) -> list[Held]:
    """Return what somebody holds here. Two queries."""
    held = [
        Held(f"concern:{row.pk}", "答复关切", f"{NAME}({row.due} 前)", reverse("concerns:concern", args=[row.pk]))
        for row in Concern.objects.filter(holder_id=person_id, state=Concern.State.OPEN).order_by("pk")
    ]
    promises = Promise.objects.filter(owner_id=person_id, done_on=None).order_by("pk")
    return held + [
        Held(f"promise:{row.pk}", "兑现承诺", f"{row}({row.due} 前)", reverse("concerns:promise", args=[row.pk])) for row in promises
    ]


def hand_over(key: str, giver: Person, to: Person, by: Any, note: str) -> str:
    """Pass one of these on; returns why it can't. Part of the caller's action, which has asked whether it may."""
    kind, _colon, pk = key.partition(":")
    if kind == "promise":
        promise = lock_row(Promise(pk=int(pk)))
        if promise.done_on is not None or promise.owner_id != giver.pk:
            return "已办过"
        promise.done_on, promise.result = timezone.localdate(promise.updated_at), f"移交 {to.name}"
        promise.save()
        settle_tasks(promise, result=f"移交 {to.name}", dropped=True)
        make_promise(promise.area_id, owner=to, text=promise.text, due=promise.due, concern=promise.concern, talk=promise.talk)
        record(by=by, verb="移交承诺", obj=promise, name="一项承诺", area_id=promise.area_id)
        return ""
    concern = lock_row(Concern(pk=int(pk)))
    if concern.state != Concern.State.OPEN or concern.holder_id != giver.pk:
        return "已办过"
    if concern.raised_by_id == to.pk:
        return "不能交给反映人自己"
    if not Appointment.objects.filter(person=to, post__kind__in=LEADERS, post__area_id=concern.area_id, valid_to=None).exists():
        return "只能交给班子成员"
    concern.holder = to
    concern.save()
    settle_tasks(concern, result=f"移交 {to.name}", dropped=True)
    expect(concern)
    record(by=by, verb="移交关切", obj=concern, name=NAME, area_id=concern.area_id)
    return ""
