"""The 审计管理员 reads who did what to which object, filters, exports and verifies; business values are never shown."""

from io import BytesIO

import openpyxl
import pytest
from django.db import transaction

from ronghe.audit.actions import record
from ronghe.audit.models import Chain, Entry, Verification
from ronghe.common.models import Export


@pytest.fixture
def auditor(login, world):
    with transaction.atomic():
        record(
            by=world.zhaomin.user, verb="确认", obj=world.hejing, area_id=world.area.pk, note="机密说明", changes={"name": ["旧值", "新值"]}
        )
        record(by=world.qianjin.user, verb="退回", obj=world.unit["注采一站"], name="=cmd|注采一站", area_id=world.area.pk)
    Chain.objects.update(checked=0)  # in a test nothing is committed, so no checkpoint is written
    return login(world.shenji)


def text_of(answer):
    return answer.content.decode()


def test_list_shows_acts_and_no_values(auditor):
    page = text_of(auditor.get("/audit/"))
    assert "确认" in page
    assert "赵敏" in page
    for secret in ("机密说明", "旧值", "新值"):
        assert secret not in page


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [("label=org.person", "赵敏", "钱进"), ("name=注采", "钱进", "赵敏"), ("verb=退回", "钱进", "赵敏"), ("actor=赵", "赵敏", "钱进")],
)
def test_filters(auditor, query, shown, hidden):
    page = text_of(auditor.get(f"/audit/?{query}"))
    assert shown in page
    assert hidden not in page


def test_export_holds_just_what_is_shown(auditor):
    answer = auditor.get("/audit/export/?verb=退回")
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert "导出人 审计管理员" in rows[0][0]
    assert [row[1] for row in rows[2:]] == ["钱进"]
    assert rows[2][4] == "'=cmd|注采一站"
    assert Export.objects.get().what == "审计记录"
    assert Entry.objects.get(verb="导出").actor_name == "审计管理员"


def test_verify_now(auditor):
    answer = auditor.post("/audit/verify/", follow=True)
    assert "条记录,完好" in text_of(answer)
    assert Verification.objects.get().faults == []
    assert Entry.objects.get(verb="核验审计链").actor_name == "审计管理员"


def test_state_shows_faults(auditor):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("update audit_entry set verb = 'x' where verb = '退回'")
    auditor.post("/audit/verify/")
    page = text_of(auditor.get("/audit/state/"))
    assert "内容与摘要不符" in page
    assert "检查点公钥" in page


@pytest.mark.parametrize("address", ["/audit/", "/audit/export/", "/audit/state/"])
def test_nobody_else(world, login, address):
    for person in (world.lijianguo, world.xitong, world.anquan, world.gaoming):
        assert login(person).get(address).status_code == 403


def test_no_door_changes_an_entry(auditor):
    entry = Entry.objects.first()
    for change in (entry.save, entry.delete, Entry.objects.all().delete, lambda: Entry.objects.update(verb="x")):
        with pytest.raises(TypeError):
            change()


def test_queries_do_not_grow_with_rows(auditor, world):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count():
        with CaptureQueriesContext(connection) as seen:
            auditor.get("/audit/")
        return len(seen)

    count()
    few = count()
    with transaction.atomic():
        for _ in range(5):
            record(by=world.zhaomin.user, verb="确认", obj=world.hejing, area_id=world.area.pk)
    assert count() == few
