"""A template of one's own is judged before it is kept: unknown fields, unsafe tags, macros, things from elsewhere; each with its words."""

import io
import zipfile
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2.exceptions import SecurityError

from ronghe.letters.actions.templates import add_template, adopt_templates, read_file, retire_template
from ronghe.letters.models import LetterTemplate
from ronghe.letters.rules import ALPHABET, FIELDS, LISTS, BadTemplate, digest_letter, make_code, read_code, review_opens, show_code
from ronghe.letters.word import check_template, fill_in, make_environment, take_apart
from tests.duties.cases import user

GOOD = ("{{ 年度 }} {{ 甲方 }} {{ 乙方 }}", "{%p for 条 in 责任 %}", "{{ 条.序号 }}.{{ 条.内容 }}", "{%p endfor %}")


def write(*paragraphs, header="", title=""):
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    document.core_properties.title = title
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def pack(data, **parts):
    """The file with parts added, or replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return target.getvalue()


def problems(data):
    with pytest.raises(BadTemplate) as caught:
        check_template(data)
    return "\n".join(caught.value.problems)


def test_a_plain_template_is_taken_and_filled_in():
    data = write("封面", *GOOD, header="{{ 管理区 }}", title="{{ 名称 }}")
    check_template(data)
    rows = [{"序号": 1, "内容": "讲好形势任务 <&>"}, {"序号": 2, "内容": "谈心谈话"}]
    texts = [block["text"] for block in take_apart(fill_in(data, {"年度": 2026, "甲方": "李建国", "乙方": "{{ 年度 }}", "责任": rows}))]
    assert texts == ["封面", "2026 李建国 {{ 年度 }}", "1.讲好形势任务 <&>", "2.谈心谈话"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{{ 甲方姓名 }}", "没有字段“甲方姓名”"),
        ("{{ 甲方.__class__.__mro__ }}", "只能取循环里每一条的字段"),
        ("{{ ''.__class__ }}", "只能取循环里每一条的字段"),
        ("{{ 甲方.upper() }}", "函数调用"),
        ("{{ range(9) }}", "函数调用"),
        ("{{ 甲方|upper }}", "过滤器"),
        ("{{ 责任[0] }}", "方括号取值"),
        ("{% include 'a' %}", "引入其他文件"),
        ("{% import 'os' as os %}", "引入其他文件"),
        ("{% macro a() %}{% endmacro %}", "宏"),
        ("{% set a = 1 %}", "赋值"),
        ("{% for a in 责任 %}{% for b in 责任 %}{% endfor %}{% endfor %}", "循环里不能再套循环"),
        ("{% for a in 甲方 %}{% endfor %}", "只能对这些清单循环"),
        ("{% for a in 责任 %}{{ a.姓名 }}{% endfor %}", "没有字段“姓名”"),
        ("{% if 甲方 %}", "成对写"),
        ("{{ 甲方", "写得不完整"),
        ("{% 甲方 %}", "写得不完整"),
    ],
)
@pytest.mark.parametrize("place", ["body", "header", "title"])
def test_what_is_not_allowed_is_named(text, says, place):
    data = write(
        *GOOD, *([text] if place == "body" else []), header=text if place == "header" else "", title=text if place == "title" else ""
    )
    assert says in problems(data)


def test_every_fault_is_told_at_once():
    told = problems(write("{{ 甲方姓名 }}", "{{ 签名 }}"))
    assert [name in told for name in ("甲方姓名", "签名", "没有“年度”", "没有“甲方”", "没有“乙方”", "没有“责任”")] == [True] * 6


def test_files_that_are_no_plain_docx():
    good = write(*GOOD)
    types = zipfile.ZipFile(io.BytesIO(good)).read("[Content_Types].xml").decode()
    body = zipfile.ZipFile(io.BytesIO(good)).read("word/document.xml").decode()
    links = zipfile.ZipFile(io.BytesIO(good)).read("word/_rels/document.xml.rels").decode()
    outside = '<Relationship Id="x" Type="http://x/attachedTemplate" Target="http://evil/a.dotm" TargetMode="External"/>'
    web = '<Relationship Id="y" Type="http://x/relationships/hyperlink" Target="http://a/" TargetMode="External"/>'
    check_template(pack(good, **{"word/_rels/document.xml.rels": links.replace("</Relationships>", f"{web}</Relationships>")}))
    told = {
        "word/vbaProject.bin": problems(pack(good, **{"word/vbaProject.bin": b"x"})),
        "macro type": problems(pack(good, **{"[Content_Types].xml": types.replace("document.main", "document.macroEnabled.main")})),
        "embedded": problems(pack(good, **{"word/embeddings/a.xlsx": b"x"})),
        "outside": problems(
            pack(good, **{"word/_rels/document.xml.rels": links.replace("</Relationships>", f"{outside}{web}</Relationships>")})
        ),
        "entities": problems(pack(good, **{"word/document.xml": f"<!DOCTYPE a>{body}"})),
        "text box": problems(pack(good, **{"word/document.xml": body.replace("<w:sectPr", "<w:txbxContent/><w:sectPr", 1)})),
        "bomb": problems(pack(good, **{f"word/media/{n}.bin": b"" for n in range(500)})),
        "no zip": problems(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1doc"),
        "other zip": problems(pack(good, **{"word/document.xml": ""}).replace(b"word/document.xml", b"word/documemt.xml")),
    }
    words = ("宏", "宏", "嵌有", "外部", "无法读取", "文本框", "太大或太杂", "无法读取", "无法读取")
    assert [word in text for word, text in zip(words, told.values(), strict=True)] == [True] * len(words), told


def test_rendering_is_sandboxed_besides():
    """Had the judge let something through, Jinja would not."""
    environment = make_environment()
    assert environment.globals == {}
    with pytest.raises(SecurityError):
        environment.from_string("{{ 甲方.__class__.__mro__ }}").render(甲方="李")
    with pytest.raises(SecurityError):
        environment.from_string("{{ 责任.append(1) }}").render(责任=[])


def test_a_letter_that_is_demanded_names_its_basis(world):
    keeper = user(world.lijianguo)
    with pytest.raises(ValidationError) as caught:
        add_template(world.area, title="安全责任书", whom="station", basis=" ", data=write(*GOOD), name="a.docx", by=keeper)
    assert list(caught.value.message_dict) == ["basis"]
    with pytest.raises(PermissionDenied):
        add_template(
            world.area,
            title="安全责任书",
            whom="station",
            basis="厂安〔2026〕3号",
            data=write(*GOOD),
            name="a.docx",
            by=user(world.liuhaitao),
        )
    made = add_template(
        world.area, title="安全责任书", whom="station", basis="厂安〔2026〕3号", data=write(*GOOD), name="a.docx", by=keeper
    )
    assert read_file(made)[:2] == b"PK"
    with pytest.raises(ValidationError):
        add_template(world.area, title="安全责任书", whom="station", basis="同上", data=write(*GOOD), name="b.docx", by=keeper)
    retire_template(made, by=keeper)
    assert LetterTemplate.objects.get().retired_on is not None


def test_the_packs_templates_pass_their_own_judge(world):
    made = adopt_templates(world.area, by=user(world.lijianguo))
    assert sorted(row.whom for row in made) == ["group", "leader"]
    assert adopt_templates(world.area, by=user(world.lijianguo)) == []


def test_the_upload_page_keeps_what_was_typed(world, login):
    client = login(world.lijianguo)
    file = io.BytesIO(write("{{ 甲方姓名 }}"))
    file.name = "模板.docx"
    page = client.post("/letters/templates/new/", {"title": "安全责任书", "whom": "station", "basis": "厂安3号", "file": file})
    text = page.content.decode()
    assert (page.status_code, "没有字段“甲方姓名”" in text, 'value="安全责任书"' in text) == (422, True, True)
    assert login(world.liuhaitao).get("/letters/templates/new/").status_code == 403


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["number", "title", "text"]), st.text(max_size=20)), st.text(max_size=20))
def test_the_digest_tells_any_change(content, other):
    assert digest_letter(content) == digest_letter(dict(reversed(content.items())))
    assert (digest_letter(content | {"text": other}) == digest_letter(content)) == (content.get("text") == other)


@settings(deadline=None)
@given(st.text(alphabet=ALPHABET, min_size=16, max_size=16))
def test_codes_are_read_as_people_type_them(code):
    assert read_code(show_code(code).lower()) == read_code(f" {code[:8]} {code[8:]}") == code
    assert read_code(code[:-1]) == read_code(code + "A") == read_code(code[:-1] + "0") == ""
    assert len(read_code(make_code())) == 16


def test_a_review_opens_in_the_last_month():
    assert review_opens(date(2026, 12, 31)) == date(2026, 11, 30)
    assert {"甲方", "乙方", "年度"} <= set(FIELDS)
    assert set(LISTS) == {"责任", "目标"}
