"""Templates: taken from the pack, uploaded as a docx of one's own, retired."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.documents.actions import attach, read_bytes
from ronghe.documents.models import Document
from ronghe.documents.queries import list_documents
from ronghe.letters.models import Letter, LetterTemplate
from ronghe.letters.packs import read_templates
from ronghe.letters.permissions import may_keep
from ronghe.letters.rules import BadTemplate
from ronghe.letters.word import check_template
from ronghe.org.models import Unit

PURPOSE = "责任书模板"


@action
def add_template(area: Unit, *, title: str, whom: str, basis: str, data: bytes, name: str, by: Any) -> LetterTemplate:
    """Keep a template after judging it. A letter that is demanded names its basis. Raises ValidationError at the field."""
    require(may_keep, by, area)
    title, basis = title.strip(), basis.strip()
    if not basis:
        raise ValidationError({"basis": _("请写明要签订这份责任书的依据:文件名称、文号或会议。没有依据的责任书不应签订。")})
    lock_row(area)
    if LetterTemplate.objects.filter(area=area, title=title, retired_on=None).exists():
        raise ValidationError({"title": _("已有同名的模板在用,请先停用那一份,或换一个名称。")})
    try:
        check_template(data)
    except BadTemplate as trouble:
        raise ValidationError({"file": trouble.problems}) from trouble
    made = LetterTemplate.objects.create(area=area, title=title, whom=whom, basis=basis)
    try:
        attach(made, data=data, name=name, by=by, area_id=area.pk, purpose=PURPOSE)
    except ValidationError as problem:
        raise ValidationError({"file": problem.messages}) from problem
    record(by=by, verb="增加责任书模板", obj=made, area_id=area.pk, note=f"依据:{basis}")
    return made


@action
def adopt_templates(area: Unit, *, by: Any) -> list[LetterTemplate]:
    """Take over the pack's templates that are not there yet."""
    require(may_keep, by, area)
    have = set(LetterTemplate.objects.filter(area=area, retired_on=None).values_list("title", flat=True))
    return [
        add_template(area, title=pack.title, whom=pack.whom, basis=pack.basis, data=pack.build(), name=f"{pack.title}.docx", by=by)
        for pack in read_templates().values()
        if pack.title not in have
    ]


@action
def retire_template(template: LetterTemplate, *, by: Any, version: int | None = None) -> LetterTemplate:
    """Use it no more. What was signed with it stays."""
    template = lock_row(template, version=version)
    require(may_keep, by, template)
    if template.retired_on is not None:
        raise Refused(_("这份模板已经停用。"))
    if Letter.objects.filter(template=template, state__in=(Letter.State.DRAFT, Letter.State.PENDING, Letter.State.RETURNED)).exists():
        raise Refused(_("还有用这份模板起草或待签的责任书,请先签完或撤回。"))
    template.retired_on = today()
    template.save()
    record(by=by, verb="停用责任书模板", obj=template, area_id=template.area_id)
    return template


def find_file(template: LetterTemplate) -> Document:
    """Return the docx of a template: the one file that was attached when it was added."""
    return list_documents(template)[0]


def read_file(template: LetterTemplate) -> bytes:
    return read_bytes(find_file(template))
