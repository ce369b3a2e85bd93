"""What of a visit a photo from the phone can be proof of: a problem that the leader brought home. The visit itself keeps none."""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.accounts.models import User
from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.registry import ProofPlace
from ronghe.documents.actions import attach
from ronghe.documents.models import Document
from ronghe.org.standing import standing_of
from ronghe.stationing.models import Point
from ronghe.stationing.permissions import may_add_photo

MOST = 20
PHOTO = "现场照片"
LIVE = (Point.State.OPEN, Point.State.SENT)


@action
def add_photo(point: Point, *, name: str, data: bytes, line: str, by: User) -> Document:
    """Attach a photo of one's own choice to a problem that is still open."""
    point = lock_row(point)
    require(may_add_photo, by, point)
    if point.state not in LIVE:
        raise Refused(_("这个问题已经办结。"))
    document = attach(point, data=data, name=name, by=by, area_id=point.area_id, purpose=PHOTO)
    if not document.media_type.startswith("image/"):
        raise ValidationError(_("请选一张照片(JPG、PNG)。"))
    if line.strip():
        record(by=by, verb="现场照片说明", obj=point, area_id=point.area_id, note=line.strip()[:300])
    return document


def list_places(user: User) -> list[ProofPlace]:
    """Return the open problems that the user brought home, the newest first. One query."""
    me = standing_of(user).person_id or 0
    rows = Point.objects.visible_to(user).filter(leader_id=me, state__in=LIVE).select_related("unit").order_by("-pk")
    return [ProofPlace(str(point.pk), _("附到驻站问题"), point.text[:60], point.unit.name) for point in rows[:MOST]]


def put_photo(user: User, key: str, name: str, data: bytes, line: str) -> str:
    """Attach the photo; return the problem's address."""
    point = Point.objects.visible_to(user).filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 10 else None
    if point is None:
        raise Refused(_("这一项已经不在了,请重新选。"))
    add_photo(point, name=name, data=data, line=line, by=user)
    return reverse("stationing:point", args=[point.pk])
