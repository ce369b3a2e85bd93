"""Between the people of an area and the readers of sheets; what leaves as a workbook."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ronghe.capability.models import Requirement
from ronghe.capability.queries.people import CertificateLine, MatrixRow
from ronghe.capability.reading import Reading, read_questions, read_training, refuse
from ronghe.common.calendar import today
from ronghe.common.exports import Sheet
from ronghe.common.sheets.container import NotASheetError
from ronghe.common.sheets.grid import SheetTooLargeError
from ronghe.common.sheets.sandbox import ChildFailedError, read_grids
from ronghe.common.sheets.text import key_text
from ronghe.org.models import Person

TROUBLES = (NotASheetError, SheetTooLargeError, ChildFailedError)


def read_training_file(area_id: int, data: bytes) -> Reading:
    """Read a table of hours in the child process."""
    people: dict[str, tuple[int, ...]] = {}
    for pk, name, number in Person.objects.filter(area_id=area_id, left_on=None).values_list("pk", "name", "number"):
        for key in {key_text(name), key_text(number)}:
            people[key] = (*people.get(key, ()), pk)
    try:
        return read_training(read_grids(data), people, today())
    except TROUBLES as trouble:
        return refuse(str(trouble))


def read_question_file(data: bytes) -> Reading:
    """Read a question bank in the child process."""
    try:
        return read_questions(read_grids(data))
    except TROUBLES as trouble:
        return refuse(str(trouble))


def list_matrix(role: str, needs: Sequence[Requirement], rows: Sequence[MatrixRow]) -> Sheet:
    heads = (_("姓名"), _("岗位"), *(row.name for row in needs), _("差距(项)"))
    return Sheet(role, heads, [(row.name, row.post, *(text for _name, _tone, text in row.cells), row.gaps) for row in rows])


def list_certificate_rows(lines: Sequence[CertificateLine]) -> Sheet:
    heads = ("证书", "持证人", "单位", "有效期至", "灯", "说明", "核对人")
    return Sheet(_("证书"), heads, [(one.name, one.person, one.unit, one.until, one.word, one.note, one.checked) for one in lines])


TRAINING_TEMPLATE = Sheet("培训学时", ("工号", "姓名", "课程", "类别", "日期", "学时", "成绩"), [])
QUESTION_TEMPLATE = Sheet("题库", ("题目", "A", "B", "C", "D", "答案", "解析"), [])
