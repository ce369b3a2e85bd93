"""Putting a zip together: what the contexts register (common.papers), piece by piece, as the person who asked. Called by the worker."""

import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.archive.models import Bundle, Folder, Pack, Piece
from ronghe.archive.queries.norms import list_terms, list_topics
from ronghe.archive.rules import MOST_PIECES, clean_file_name, year_of
from ronghe.archive.zips import INDEX, LIST, SIGNATURE, write_list
from ronghe.common.calendar import now
from ronghe.common.crypto import current
from ronghe.common.exports import INTERNAL, Sheet, build_workbook, name_reader, write_watermark
from ronghe.common.papers import Content, Paper, Table, sources
from ronghe.common.pdf import build_pdf

BATCH = 40


class TooMuch(Exception):
    """It would not fit; the text says what to choose less of."""


@dataclass(frozen=True)
class Line:
    """One line of an index."""

    number: int
    kind: str
    kind_title: str
    title: str
    day: date
    unit: str
    term: str
    path: str
    size: int
    digest: str
    url: str


@dataclass(frozen=True)
class Order:
    """What goes in: kinds with their terms; `ended`: only what is final; `units`: of these units and of the whole area, or all."""

    area_id: int
    year: int
    kinds: tuple[str, ...]
    terms: dict[str, str]
    ended: bool
    units: frozenset[int]


def order_of(bundle: Bundle) -> Order:
    terms = {line.kind: line.text for line in list_terms(bundle.area_id)}
    if isinstance(bundle, Folder):
        return Order(bundle.area_id, bundle.year, tuple(terms), terms, True, frozenset())
    assert isinstance(bundle, Pack)
    chosen = {code for code, _name in bundle.topics}
    wanted = {kind for topic in list_topics(bundle.area_id) if topic.code in chosen for kind in topic.kinds}
    units = frozenset(pk for pk, _name in bundle.units)
    return Order(bundle.area_id, bundle.year, tuple(kind for kind in terms if kind in wanted), terms, False, units)


def list_papers(order: Order, user: Any) -> list[tuple[str, Paper]]:
    """Return (kind, paper) of everything that goes in, kind by kind, by day."""
    first, last = year_of(order.year)
    found = []
    for kind in order.kinds:
        source = sources.get(kind)
        papers = source.find(user, order.area_id, first, last) if source is not None else []
        found += [(kind, one) for one in papers if fits(order, one)]
    if len(found) > MOST_PIECES:
        raise TooMuch(_("共 %(count)d 件,超过一包 %(most)d 件的上限,请少选几个专题或单位。") % {"count": len(found), "most": MOST_PIECES})
    return found


def fits(order: Order, paper: Paper) -> bool:
    if order.ended and not paper.ended:
        return False
    return not order.units or paper.unit_id is None or paper.unit_id in order.units or paper.unit_id == order.area_id


def build(bundle: Bundle) -> tuple[int, str]:
    """Write the zip and return its size and the digest of its list. Its name appears only when it is whole."""
    user, order = bundle.asked_by, order_of(bundle)
    papers = list_papers(order, user)
    note(bundle, total=len(papers), done=0)
    bundle.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = bundle.path.with_suffix(".partial")
    lines: list[Line] = []
    try:
        with os.fdopen(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "wb+") as raw:
            with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as target:
                for piece in write_pieces(target, bundle, order, papers):
                    lines.append(piece)
                    if raw.tell() > settings.RONGHE_BUNDLE_BYTES:
                        raise TooMuch(
                            _("超过一包 %(most)d MB 的上限,请少选几个专题或单位。") % {"most": settings.RONGHE_BUNDLE_BYTES // 2**20}
                        )
                digest = write_index(target, bundle, lines)
            raw.flush()
            os.fsync(raw.fileno())
        keep_pieces(bundle, lines)
        size = partial.stat().st_size
        partial.replace(bundle.path)
    finally:
        partial.unlink(missing_ok=True)
    return size, digest


def note(bundle: Bundle, **values: int) -> None:
    """Say how far it is, for the page that waits."""
    type(bundle)._default_manager.filter(pk=bundle.pk).update(**values)
    for name, value in values.items():
        setattr(bundle, name, value)


def write_pieces(target: zipfile.ZipFile, bundle: Bundle, order: Order, papers: list[tuple[str, Paper]]) -> Iterator[Line]:
    """Write each paper as a page of its own, with its files beside it, and yield the lines of the index."""
    number = 0
    for start in range(0, len(papers), BATCH):
        batch = papers[start : start + BATCH]
        said: dict[tuple[str, int], Content] = {}
        for kind in {kind for kind, _paper in batch}:
            source = sources.get(kind)
            assert source is not None
            read = source.read(bundle.asked_by, [paper.pk for one, paper in batch if one == kind])
            said.update({(kind, pk): content for pk, content in read.items()})
        for kind, paper in batch:
            content = said.get((kind, paper.pk))
            if content is None:
                continue  # taken away from the reader, or changed, since it was listed
            for name, data in files_of(order, kind, paper, content):
                number += 1
                yield write_piece(target, order, kind, paper, number, name, data)
        note(bundle, done=min(len(papers), start + len(batch)))


def make_plain(value: Any) -> str:
    """Return a value as a page of the zip prints it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return str(value)


def write_plain(content: Content) -> Content:
    """Return a paper's content as texts."""
    tables = [Table(one.title, one.heads, [[make_plain(cell) for cell in row] for row in one.rows]) for one in content.tables]
    return Content([(name, make_plain(value)) for name, value in content.fields], content.text, tables, content.files)


def files_of(order: Order, kind: str, paper: Paper, content: Content) -> Iterator[tuple[str, bytes]]:
    source = sources.get(kind)
    page = render_to_string(
        "archive/paper.html",
        {
            "paper": paper,
            "content": write_plain(content),
            "kind": source.title if source else "",
            "term": order.terms.get(kind, ""),
            "url": address(paper.url),
        },
    )
    yield f"{clean_file_name(paper.title)}.html", page.encode()
    for name, data in content.files:
        yield clean_file_name(name), data


def address(url: str) -> str:
    return f"{settings.RONGHE_URL}{url}" if url else ""


def write_piece(target: zipfile.ZipFile, order: Order, kind: str, paper: Paper, number: int, name: str, data: bytes) -> Line:
    source = sources.get(kind)
    title = str(source.title) if source is not None else kind
    path = f"{clean_file_name(title)}/{number:04d}-{name}"
    add(target, path, data)
    shown = paper.title if name.endswith(".html") else f"{paper.title}({name})"
    return Line(
        number, kind, title, shown[:300], paper.day, paper.unit, order.terms.get(kind, ""), path, len(data), current.digest(data), paper.url
    )


def add(target: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Write a file with the bundle's own time, readable by everybody who has the zip."""
    entry = zipfile.ZipInfo(name, timezone.localtime(now()).timetuple()[:6])
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    target.writestr(entry, data)


def index_heads() -> list[str]:
    return [_("件号"), _("类别"), _("题名"), _("日期"), _("责任单位"), _("保管期限"), _("文件"), _("字节"), _("摘要"), _("系统里的页面")]


def index_row(line: Line) -> tuple[Any, ...]:
    return (
        line.number, line.kind_title, line.title, line.day, line.unit, line.term, line.path, line.size, line.digest, address(line.url),
    )  # fmt: skip


def write_index(target: zipfile.ZipFile, bundle: Bundle, lines: list[Line]) -> str:
    """Write the index in three forms, the signed list, and return the list's digest."""
    mark = write_watermark(name_reader(bundle.asked_by), INTERNAL)
    context = {
        "bundle": bundle, "lines": lines, "groups": group_lines(lines), "mark": mark, "page_title": str(bundle), "issuer": bundle.area.name,
        "about": describe(bundle),
    }  # fmt: skip
    sheet = Sheet(_("索引"), index_heads(), [index_row(line) for line in lines])
    pages = (
        render_to_string("archive/index.html", context).encode(),
        build_workbook([sheet], watermark=mark),
        build_pdf("archive/print_index.html", context),
    )
    entries = {line.path: line.digest for line in lines}
    for name, data in zip(INDEX, pages, strict=True):
        add(target, name, data)
        entries[name] = current.digest(data)
    listed = write_list(
        entries, {"what": str(bundle), "area": bundle.area.name, "made_at": now().isoformat(), "made_by": name_reader(bundle.asked_by)}
    )
    add(target, LIST, listed)
    add(target, SIGNATURE, current.sign(listed).encode())
    return current.digest(listed)


def describe(bundle: Bundle) -> list[tuple[str, str]]:
    """Return what stands above the index."""
    facts = [
        (_("年度"), str(bundle.year)),
        (_("办理人"), name_reader(bundle.asked_by)),
        (_("生成时间"), f"{timezone.localtime(now()):%Y-%m-%d %H:%M}"),
    ]
    if isinstance(bundle, Pack):
        facts.append((_("专题"), "、".join(name for _code, name in bundle.topics)))
        facts.append((_("单位"), "、".join(name for _pk, name in bundle.units) or _("本人有权查看的全部")))
    return facts


def group_lines(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    """Return the lines by kind, in their order."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.kind_title, []).append(line)
    return list(groups.items())


def keep_pieces(bundle: Bundle, lines: list[Line]) -> None:
    """Keep the index of a folder in the database; a pack keeps none."""
    if isinstance(bundle, Folder):
        Piece.objects.filter(folder=bundle).delete()
        Piece.objects.bulk_create(
            Piece(
                folder=bundle, number=line.number, kind=line.kind, kind_title=line.kind_title, title=line.title, day=line.day,
                unit=line.unit, term=line.term, path=line.path, size=line.size, digest=line.digest, url=line.url,
            )
            for line in lines
        )  # fmt: skip
