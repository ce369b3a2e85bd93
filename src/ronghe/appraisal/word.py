"""A 述职 report as a Word file and back: headings are the questions of its template, what stands under one is its answer. No Django.

What comes in has been looked at by letters.word.check_container: no macros, nothing embedded, nothing from outside.
"""

import io
import re
from collections.abc import Iterable, Sequence

ATTACHED = "附:系统记录的事实"
NUMBERING = re.compile(r"^[((]?[一二三四五六七八九十\d]{1,3}[))、..]\s*")
MOST_PARAGRAPHS = 3000


def write_report(title: str, head: str, mark: str, answers: Iterable[tuple[str, str]], facts: Iterable[Sequence[str]]) -> bytes:
    """Return the bytes of a docx: the questions as headings with what was written, then the facts as a table."""
    from docx import Document  # noqa: PLC0415

    paper = Document()
    paper.sections[0].header.paragraphs[0].text = mark
    paper.add_heading(title, 0)
    paper.add_paragraph(head)
    for label, text in answers:
        paper.add_heading(label, 1)
        for line in (text or "").splitlines() or [""]:
            paper.add_paragraph(line)
    paper.add_heading(ATTACHED, 1)
    rows = list(facts)
    table = paper.add_table(rows=1, cols=4)
    table.style = "Table Grid"
    for cell, name in zip(table.rows[0].cells, ("侧", "类别", "事项", "结果"), strict=True):
        cell.text = name
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    target = io.BytesIO()
    paper.save(target)
    return target.getvalue()


def clean_label(text: str) -> str:
    """Return a heading without its number, the mark of what is required, and blanks."""
    return re.sub(r"[\s*:\uff1a]", "", NUMBERING.sub("", text.strip()))


def read_answers(data: bytes, labels: Iterable[str]) -> dict[str, str]:
    """Return label → what stands under it; labels that the file does not have are left out. The facts at its end are not read."""
    from docx import Document  # noqa: PLC0415

    wanted = {clean_label(label): label for label in labels}
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for paragraph in Document(io.BytesIO(data)).paragraphs[:MOST_PARAGRAPHS]:
        text = paragraph.text.strip()
        key = clean_label(text)
        if key == clean_label(ATTACHED):
            break
        if key in wanted:
            current = found.setdefault(wanted[key], [])
        elif current is not None:
            current.append(text)
    return {label: "\n".join(lines).strip() for label, lines in found.items()}
