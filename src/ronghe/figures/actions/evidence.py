"""Evidence beside a batch."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.documents.actions import attach
from ronghe.documents.models import Document
from ronghe.figures.models import Batch
from ronghe.figures.permissions import writes_batch

PURPOSE = "佐证材料"


@action
def attach_evidence(batch: Batch, *, data: bytes, name: str, by: Any) -> Document:
    """Attach a file to a batch of one's own that is not confirmed yet."""
    batch = lock_row(batch)
    require(writes_batch, by, batch)
    if batch.state in (Batch.State.CONFIRMED, Batch.State.DROPPED):
        raise Refused(_("批次已办结,不能再加附件;需要时请发起更正。"))
    try:
        return attach(batch, data=data, name=name, by=by, area_id=batch.area_id, purpose=PURPOSE)
    except ValidationError as problem:
        raise Refused(problem.messages) from None
