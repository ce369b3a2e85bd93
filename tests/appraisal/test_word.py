"""A report goes out as Word and its answers come back into the draft; what is no plain docx is refused, nothing is lost."""

import io

import docx
import pytest

from ronghe.appraisal.models import Report
from ronghe.appraisal.word import read_answers, write_report
from tests.appraisal import cases


def test_what_is_written_is_read_back():
    data = write_report(
        "述职报告", "刘海涛", "【内部】", [("业务", "第一行\n第二行"), ("党建", "")], [("党建", "整改", "躺井率", "已销号")]
    )
    assert read_answers(data, ["业务", "党建"]) == {"业务": "第一行\n第二行", "党建": ""}
    paper = docx.Document()
    for text in ("前言", "一、业务 *", "产量完成", "附:系统记录的事实", "党建", "不读"):
        paper.add_paragraph(text)
    target = io.BytesIO()
    paper.save(target)
    assert read_answers(target.getvalue(), ["业务", "党建"]) == {"业务": "产量完成"}


@pytest.mark.django_db
def test_word_out_and_in(world, login):
    cycle = cases.open_round(world)
    report = cases.report_of(cycle, world.liuhaitao)
    me, at = login(world.liuhaitao), f"/appraisal/reports/{report.pk}"
    labels = {field["label"]: field["code"] for field in cycle.template.form}
    label = next(label for label, code in labels.items() if code == "business")
    sent = docx.Document(io.BytesIO(me.get(f"{at}/word/").getvalue()))
    assert label in [paragraph.text for paragraph in sent.paragraphs]
    place = next(n for n, paragraph in enumerate(sent.paragraphs) if paragraph.text == label)
    sent.paragraphs[place + 1].text = "在 Word 里写的"
    target = io.BytesIO()
    sent.save(target)
    target.seek(0)
    target.name = "述职.docx"
    assert me.post(f"{at}/word/read/", {"file": target}).status_code == 302
    assert Report.objects.get(pk=report.pk).answers["business"] == "在 Word 里写的"
    assert "在 Word 里写的" in me.get(f"{at}/write/").content.decode()
    wrong = io.BytesIO(b"no docx")
    wrong.name = "述职.docx"
    assert me.post(f"{at}/word/read/", {"file": wrong}).status_code == 422
    assert login(world.sunlihua).get(f"{at}/word/").status_code == 404
    cases.present(Report.objects.get(pk=report.pk))
    target.seek(0)
    assert login(world.liuhaitao).post(f"{at}/word/read/", {"file": target}).status_code == 422
    assert login(world.wanghaitao).get(f"{at}/word/").status_code == 200
    assert login(world.wanghaitao).get(f"{at}/word/read/").status_code == 403
