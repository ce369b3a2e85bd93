"""The matrix on its pages: read, filtered, changed in place with its effect, out to a sheet and in again."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from ronghe.duties.models import Finding, Matter
from tests.duties.cases import adopt, holds, matter, seat_seven


@pytest.fixture
def paper(world):
    world.posts = adopt(world)
    return world


def cell(world, name, kind, part="cell"):
    return reverse(f"duties:{part}", args=[matter(world, name).pk, world.posts[kind].pk])


def test_the_page_and_its_filters(paper, login):
    client = login(paper.wutong)
    page = client.get("/duties/?flow=supervision")
    assert [row.name for row in page.context["rows"]] == ["党风廉政", "“三务”公开", "纪检日常监督", "周工作督办"]
    assert not page.context["may_edit"]
    assert "递减控制" in [row.name for row in client.get("/duties/?text=递减").context["rows"]]
    cards = {card.column.title: len(card.rows) for card in client.get("/duties/").context["cards"]}
    assert cards["没有人负责"] == 3
    assert client.get("/duties/?on=2001-01-01").context["rows"] == []


def test_a_change_says_what_it_makes_and_ends_before_it_is_saved(paper, login):
    client = login(paper.lijianguo)
    look = client.get(cell(paper, "人力资源", "deputy_business", "cell-look"), {"administrative": "assist"})
    assert [one.rule for one in look.context["ended"]] == ["overlap"]
    assert look.context["made"] == []
    look = client.get(cell(paper, "质量管理", "deputy_geology", "cell-look"), {"administrative": "charge", "committee": "supervise"})
    assert [one.rule for one, _line in look.context["made"]] == ["self_supervision"]
    assert Finding.objects.filter(rule="overlap", ended_on=None).count() == 1
    form = client.get(cell(paper, "人力资源", "deputy_business"), headers={"HX-Request": "true"})
    assert "<html" not in form.content.decode()
    saved = client.post(
        cell(paper, "人力资源", "deputy_business"),
        {
            "administrative": "assist",
            "committee": "",
            "valid_from": form.context["form"]["valid_from"].value(),
            "version": form.context["version"],
        },
    )
    assert saved.status_code == 302
    assert holds(paper, "人力资源") == [("branch_secretary", "administrative", "lead"), ("deputy_business", "administrative", "assist")]
    stale = client.post(
        cell(paper, "人力资源", "deputy_business"),
        {
            "administrative": "charge",
            "committee": "",
            "valid_from": form.context["form"]["valid_from"].value(),
            "version": form.context["version"],
        },
    )
    assert stale.status_code == 422


def test_who_does_not_keep_it_has_no_way_in(paper, login):
    client = login(paper.chenxiaoyan)
    assert client.get(cell(paper, "人力资源", "deputy_business")).status_code == 403
    assert client.get(reverse("duties:matter", args=[matter(paper, "人力资源").pk])).status_code == 200
    client = login(paper.handong)
    assert client.get(reverse("duties:matter", args=[matter(paper, "人力资源").pk])).status_code == 404


def test_the_sheet_goes_out_and_comes_in(paper, login):
    client = login(paper.lijianguo)
    book = openpyxl.load_workbook(BytesIO(client.get("/duties/export/").getvalue()))
    sheet = book.active
    heads = {cell.value: cell.column for cell in sheet[2]}
    for row in sheet.iter_rows(min_row=3):
        if row[0].value == "人力资源":
            assert row[heads["经营管理副职"] - 1].value == "分管"
            row[heads["经营管理副职"] - 1].value = "协办"
        if row[0].value == "企业文化":
            row[heads["采油工程技术副职"] - 1].value = "支委分管"
            row[heads["抓到什么程度"] - 1].value = "每季更新,知晓率95%"
    read = client.post("/duties/upload/", {"file": named(book)})
    assert read.status_code == 200, read.context["problems"]
    assert sorted(one.rule for one in read.context["ended"]) == ["gap", "overlap"]
    data = read.context["apply_form"].initial
    assert client.post("/duties/upload/apply/", {"rows": data["rows"], "valid_from": data["valid_from"]}).status_code == 302
    assert holds(paper, "企业文化") == [("deputy_engineering", "committee", "charge")]
    assert matter(paper, "企业文化").texts.get(valid_to=None).degree == "每季更新,知晓率95%"
    assert Matter.objects.filter(area=paper.area).count() == 42


def named(book):
    stream = BytesIO()
    book.save(stream)
    stream.seek(0)
    stream.name = "分工.xlsx"
    return stream


def test_a_sheet_with_faults_changes_nothing_and_says_where(paper, login):
    client = login(paper.lijianguo)
    book = openpyxl.load_workbook(BytesIO(client.get("/duties/export/").getvalue()))
    book.active.cell(3, 9).value = "管着"
    book.active.cell(4, 4).value = ""
    read = client.post("/duties/upload/", {"file": named(book)})
    assert read.status_code == 422
    assert [text.partition(":")[0] for text in read.context["problems"]] == ["第 3 行“支部全面工作”", "第 4 行“党务工作”"]
    assert client.post("/duties/upload/apply/", {"rows": '[{"name": "x"}]', "valid_from": "2026-01-01"}).status_code == 302
    assert not Matter.objects.filter(name="x").exists()


def test_an_area_without_matrix_adopts_it(world, login):
    seat_seven(world)
    client = login(world.lijianguo)
    assert "采用默认矩阵" in client.get("/duties/").content.decode()
    assert client.post("/duties/adopt/").status_code == 302
    assert Matter.objects.filter(area=world.area).count() == 42
    assert login(world.liuhaitao).post("/duties/adopt/").status_code == 403


def test_findings_norms_and_their_prints(paper, login):
    client = login(paper.lijianguo)
    for path in ("/duties/findings/", "/duties/norms/", "/duties/print/", "/duties/findings/print/"):
        assert client.get(path).status_code == 200
    row = Finding.objects.filter(rule="gap", ended_on=None).first()
    page = client.get(f"/duties/findings/{row.pk}/")
    bad = client.post(f"/duties/findings/{row.pk}/", {"reason": "等支委会", "review_on": "2020-01-01", "version": page.context["version"]})
    assert bad.status_code == 422
    assert "等支委会" in bad.content.decode()
    assert client.post("/duties/norms/group/", {"value": "2", "basis": "上级批复"}).status_code == 302
    assert client.get("/duties/norms/gap/").status_code == 404
