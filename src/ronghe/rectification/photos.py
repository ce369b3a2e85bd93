"""What of 整改 a photo from the phone can be proof of: a live item of one's own, or at once the proof of one that is ready for it."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.accounts.models import User
from ronghe.common.actions import Refused
from ronghe.common.registry import ProofPlace
from ronghe.org.standing import standing_of
from ronghe.rectification.actions import add_photo, file_proof
from ronghe.rectification.models import Item, Measure

MOST = 20
ITEM, PROOF = "item", "proof"


def list_places(user: User) -> list[ProofPlace]:
    """Return the live items that the user owns, verifies or does a measure of. One query."""
    me = standing_of(user).person_id or 0
    measures = Measure.objects.filter(item=OuterRef("pk"))
    rows = (
        Item.objects.visible_to(user)
        .live()
        .annotate(left=Exists(measures.filter(done_on=None)), doing=Exists(measures.filter(responsible_id=me)))
    )
    found = []
    for item in rows.filter(Q(owner_id=me) | Q(verifier_id=me) | Q(doing=True)).order_by("step_due", "pk")[:MOST]:
        note = _("%(number)s,期限 %(due)s") % {"number": item.number, "due": f"{item.due:%Y-%m-%d}"}
        if item.owner_id == me and item.state in (Item.State.CURING, Item.State.RETURNED) and not item.left:
            found.append(ProofPlace(f"{PROOF}-{item.pk}", _("提交整改证明"), item.title, _("%(note)s;下面写一句整改情况") % {"note": note}))
        found.append(ProofPlace(f"{ITEM}-{item.pk}", _("附到整改项"), item.title, note))
    return found


def put_photo(user: User, key: str, name: str, data: bytes, line: str) -> str:
    """Attach the photo, or file it as the proof; return the item's address."""
    kind, _mark, number = key.partition("-")
    item = (
        Item.objects.visible_to(user).filter(pk=int(number)).first() if number.isascii() and number.isdigit() and len(number) < 10 else None
    )
    if item is None or kind not in (ITEM, PROOF):
        raise Refused(_("这一项已经不在了,请重新选。"))
    if kind == PROOF:
        file_proof(item, text=line, files=[(name, data)], by=user)
    else:
        add_photo(item, name=name, data=data, line=line, by=user)
    return reverse("rectification:item", args=[item.pk])
