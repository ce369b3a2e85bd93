"""Word files of letters: read and judged, filled in, taken apart into blocks. No Django; the caller has checked size and kind.

The file is looked at before anything of it is rendered: how large it is unpacked, macros, things embedded or fetched from elsewhere.
What is rendered is rendered by Jinja's sandbox with escaping, after rules.check_sources has allowed every tag.
"""

import io
import re
import zipfile
from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment

from ronghe.letters.rules import BadTemplate, check_sources

MOST_BYTES = 5_000_000
MOST_UNPACKED = 30_000_000
MOST_PARTS = 400
MOST_XML = 2_000_000  # of one part that is searched for tags
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
BROKEN = "文件无法读取:不是 Word 2007 以后的 .docx,或者已损坏。请用 WPS 或 Word 另存为 .docx 再传"
TAGS = {"标题": "title", "Title": "title"}


def make_environment() -> ImmutableSandboxedEnvironment:
    """Return the environment in which templates are judged and rendered: sandboxed, escaping, with no function or filter of ours."""
    environment = ImmutableSandboxedEnvironment(autoescape=True)
    environment.globals.clear()
    return environment


def check_container(data: bytes) -> None:
    """Refuse what is no plain docx: too large, macros, embedded objects, content fetched from elsewhere, text that would not be signed."""
    if len(data) > MOST_BYTES:
        raise BadTemplate(f"模板超过 {MOST_BYTES // 1_000_000} MB,请去掉图片再传")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise BadTemplate("文件解开以后太大或太杂,请另存为一份只含文字和表格的 .docx 再传")
            names = {part.filename.lower() for part in parts}
            if "word/document.xml" not in names:
                raise BadTemplate(BROKEN)
            kinds = archive.read("[Content_Types].xml").decode("utf-8", "replace").lower()
            if "macroenabled" in kinds or any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
                raise BadTemplate("文件带有宏(.docm),不能作模板。请另存为不含宏的 .docx 再传")
            if any("/embeddings/" in name or "/activex/" in name for name in names):
                raise BadTemplate("文件里嵌有其他对象(表格、程序等),不能作模板。请删去再传")
            check_parts(archive, parts)
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, OSError, EOFError):
        raise BadTemplate(BROKEN) from None


def check_parts(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Look into the parts: nothing comes from outside the file, and no text hides where it would not be signed."""
    for part in parts:
        name = part.filename.lower()
        if not name.endswith((".xml", ".rels")):
            continue
        if part.file_size > MOST_XML and name.startswith("word/"):
            raise BadTemplate("文件里的文字太多或格式太杂,请另存为一份干净的 .docx 再传")
        text = archive.read(part).decode("utf-8", "replace")
        if "<!doctype" in text.lower() or "<!entity" in text.lower():
            raise BadTemplate(BROKEN)
        if name.endswith(".rels") and any(
            'targetmode="external"' in one and "relationships/hyperlink" not in one
            for one in re.findall(r"<relationship\b[^>]*>", text.lower())
        ):
            raise BadTemplate("文件引用了外部的模板或图片,不能作模板。请断开链接再传")
        if name == "word/document.xml" and ("<w:txbxcontent" in text.lower() or "<w:del " in text.lower() or "<w:ins " in text.lower()):
            raise BadTemplate("文件里有文本框或没有接受的修订,这些文字不会进入签订的正文。请改成普通段落、接受全部修订再传")


def read_template(data: bytes) -> Any:
    """Return the docxtpl template of bytes that check_container has let through."""
    from docxtpl import DocxTemplate  # noqa: PLC0415

    template = DocxTemplate(io.BytesIO(data))
    try:
        template.init_docx()
    except Exception as trouble:  # python-docx raises what it likes on a broken package
        raise BadTemplate(BROKEN) from trouble
    return template


def check_template(data: bytes) -> None:
    """Judge an uploaded template. Raises BadTemplate with everything that is wrong; ends with a trial filling-in."""
    check_container(data)
    template = read_template(data)
    sources = [template.patch_xml(template.get_xml())]
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        sources += [template.patch_xml(part.blob.decode("utf-8")) for _key, part in template.get_headers_footers(uri)]
    for part in template.docx.part.package.parts:
        if part.content_type == FOOTNOTES:
            sources.append(template.patch_xml(part.blob.decode("utf-8")))
    core = template.docx.core_properties
    sources += [core.author, core.comments, core.identifier, core.language, core.subject, core.title]
    check_sources([source or "" for source in sources], make_environment())
    sample = {"类别": "类别", "内容": "内容", "做法": "做法", "标准": "标准", "序号": 1}
    try:
        fill_in(data, {"责任": [sample], "目标": [sample]})
    except BadTemplate:
        raise
    except Exception as trouble:
        raise BadTemplate("模板试填不成功:标记可能跨了表格的行。循环行请写“{%tr for 条 in 责任 %}”,单独占一行") from trouble


def fill_in(data: bytes, values: dict[str, Any]) -> bytes:
    """Return the docx of a judged template with its fields filled in."""
    template = read_template(data)
    template.render(values, make_environment(), autoescape=True)
    target = io.BytesIO()
    template.save(target)
    return target.getvalue()


def take_apart(data: bytes) -> list[dict[str, Any]]:
    """Return the text of a filled-in docx as blocks in their order: title, head, text, table (rows of cells). Empty paragraphs fall away.

    Headers, footers and notes are not part of the text; pictures neither.
    """
    from docx import Document  # noqa: PLC0415
    from docx.table import Table  # noqa: PLC0415
    from docx.text.paragraph import Paragraph  # noqa: PLC0415

    document = Document(io.BytesIO(data))
    blocks: list[dict[str, Any]] = []
    for child in document.element.body.iterchildren():
        if child.tag.endswith("}p"):
            block = read_paragraph(Paragraph(child, document))
            if block is not None:
                blocks.append(block)
        elif child.tag.endswith("}tbl"):
            table = Table(child, document)
            rows = [[" ".join(cell.text.split()) for cell in drop_merged(row.cells)] for row in table.rows]
            blocks.append({"kind": "table", "rows": rows})
        elif child.tag.endswith("}sdt"):
            text = " ".join("".join(child.itertext()).split())
            blocks.append({"kind": "text", "text": text})
    return blocks


def drop_merged(cells: Any) -> list[Any]:
    """Return each cell once: python-docx gives a merged one for every column that it spans."""
    return list({id(cell._tc): cell for cell in cells}.values())


def read_paragraph(paragraph: Any) -> dict[str, Any] | None:
    text = paragraph.text.strip()
    if not text:
        return None
    style = str(getattr(paragraph.style, "name", "") or "")
    if style in TAGS:
        return {"kind": "title", "text": text}
    return {"kind": "head" if style.startswith(("Heading", "标题")) else "text", "text": text}


def build_template(title: str, paragraphs: list[str]) -> bytes:
    """Return the docx of a pack's template: '# ' heads, '|责任' and '|目标' the tables of lines, everything else a paragraph."""
    from docx import Document  # noqa: PLC0415
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "仿宋", Pt(16)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    document.core_properties.title, document.core_properties.author, document.core_properties.comments = title, "", ""
    document.add_paragraph("{{ 名称 }}", style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in paragraphs:
        if text == "|责任":
            add_table(document, "责任", ("序号", "类别", "内容", "做法", "标准"), ("序号", "类别", "具体抓什么", "怎么抓", "抓到什么程度"))
        elif text == "|目标":
            add_table(document, "目标", ("序号", "内容", "标准"), ("序号", "目标", "抓到什么程度"))
        elif text.startswith("# "):
            document.add_heading(text[2:], level=1)
        else:
            document.add_paragraph(text)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def add_table(document: Any, name: str, fields: tuple[str, ...], heads: tuple[str, ...]) -> None:
    table = document.add_table(rows=4, cols=len(fields))
    table.style = "Table Grid"
    for column, (field, head) in enumerate(zip(fields, heads, strict=True)):
        table.rows[0].cells[column].text = head
        table.rows[2].cells[column].text = "{{ 条." + field + " }}"
    table.rows[1].cells[0].text = "{%tr for 条 in " + name + " %}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
