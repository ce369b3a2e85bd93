"""An uploaded sheet: kept as it was read, shown, and made a batch in one go or not at all."""

import hashlib
from typing import Any

from django.utils.translation import gettext as _

from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.documents.actions import attach, read_bytes
from ronghe.documents.models import Document
from ronghe.documents.queries import list_documents
from ronghe.documents.rules import clean_name
from ronghe.figures.actions.batches import save_batch, submit_batch
from ronghe.figures.actions.reviews import confirm_batch
from ronghe.figures.models import Batch, ReportingPeriod, Upload
from ronghe.figures.permissions import reports_for
from ronghe.figures.queries.asked import find_open_batch, load_form
from ronghe.figures.reading import Reading
from ronghe.figures.reading.result import dump_reading, load_reading
from ronghe.figures.sheets import list_entries, source_of
from ronghe.org.models import Unit

PURPOSE = "填报表格"


@action
def keep_upload(period: ReportingPeriod, unit: Unit, *, data: bytes, name: str, found: Reading, by: Any, source: str = "") -> Upload:
    """Keep a sheet with its reading for its sender to look at. No figure is saved."""
    require(reports_for, by, unit)
    upload = Upload.objects.create(
        area_id=period.area_id,
        unit=unit,
        period=period,
        author=by,
        name=clean_name(name),
        source=source or source_of(found),
        digest=hashlib.sha256(data).hexdigest(),
        reading=dump_reading(found),
    )
    attach(upload, data=data, name=name, by=by, area_id=period.area_id, purpose=PURPOSE)
    return upload


def document_of(upload: Upload) -> Document:
    """Return the file of an upload."""
    return list_documents(upload)[0]


@action
def take_upload(upload: Upload, *, by: Any, submit: bool, seen: tuple[int, int] | None) -> Batch:
    """Make the upload's figures the unit's batch, as a draft or handed in; the file stays with the batch.

    `seen` is the open batch (pk, version) that the page showed, or None; another one since then is a StaleForm.
    """
    upload = lock_row(upload)
    require(reports_for, by, upload.unit)
    if upload.author_id != by.pk:
        raise Refused(_("这份上传由他人完成,请自己上传。"))
    if upload.batch_id is not None:
        raise Refused(_("这份上传已经生成批次 %(number)s。") % {"number": upload.batch})
    found = load_reading(upload.reading)
    if not found.is_clean:
        raise Refused(_("表格里还有 %(count)d 处问题,请改好后重新上传;一个数值也没有保存。") % {"count": len(found.errors)})
    entries = list_entries(found, load_form(upload.period, upload.unit))
    if not entries:
        raise Refused(_("表格里没有可保存的数值。"))
    batch = save_batch(upload.period, upload.unit, entries=entries, source=upload.source, by=by, seen=seen, check_seen=True)
    document = document_of(upload)
    attach(batch, data=read_bytes(document), name=document.name, by=by, area_id=batch.area_id, purpose=PURPOSE)
    upload.batch = batch
    upload.save()
    return submit_batch(batch, by=by) if submit else batch


@action
def import_sheet(
    period: ReportingPeriod,
    unit: Unit,
    *,
    data: bytes,
    name: str,
    found: Reading,
    by: Any,
    submit: bool = False,
    confirm_by: Any = None,
    source: str = Batch.Source.COMMAND,
) -> Batch:
    """Take a sheet from the command line or the API, as the page would: keep it, make it a batch, hand it in and confirm it where asked.

    All or nothing: a refusal of the last step takes the first one back.
    """
    upload = keep_upload(period, unit, data=data, name=name, found=found, by=by, source=source)
    open_batch = find_open_batch(period, unit)
    seen = (open_batch.pk, open_batch.version) if open_batch else None
    batch = take_upload(upload, by=by, submit=submit or confirm_by is not None, seen=seen)
    return confirm_batch(batch, by=confirm_by) if confirm_by is not None else batch
