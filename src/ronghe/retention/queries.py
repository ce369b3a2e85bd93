"""Reads of 保存期限: the term of each kind, previews, holds, the report."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.common.calendar import today
from ronghe.common.crypto.suites import is_digest_of
from ronghe.common.retention import Cut, Kind, Span, kinds
from ronghe.retention.models import Hold, Removal, Rule, Way
from ronghe.retention.packs import read_defaults
from ronghe.retention.rules import cut_of, write_line


@dataclass(frozen=True)
class Term:
    """The term of a kind as it is now: by a rule of this deployment (`number`), the pack (0), or set elsewhere."""

    code: str
    kind: Kind
    days: int | None
    basis: str
    number: int

    @property
    def text(self) -> str:
        if self.kind.own_term:
            return str(self.kind.own_term)
        return _("不清除") if self.days is None else _("%(days)d 天") % {"days": self.days}

    @property
    def source(self) -> str:
        if self.kind.own_term:
            return ""
        return _("第 %(number)d 版") % {"number": self.number} if self.number else _("制度包默认")


def find_terms() -> list[Term]:
    """Return the term of every kind. One query."""
    own = {row.kind: row for row in Rule.objects.filter(state=Rule.State.IN_FORCE)}
    return [find_term(code, kind, own.get(code)) for code, kind in kinds.items()]


def find_term(code: str, kind: Kind, rule: Rule | None) -> Term:
    if kind.own_term:
        return Term(code, kind, None, "", 0)
    if rule is not None:
        return Term(code, kind, rule.days, rule.basis, rule.number)
    default = read_defaults().get(code)
    return Term(code, kind, default.days if default else None, default.basis if default else "", 0)


def preview(code: str, days: int | None) -> Span:
    """Return what a term would take if it were in force today, holds left aside."""
    kind = kinds.get(code)
    if kind is None or (days is None and not kind.own_term):
        return Span()
    return kind.look(Cut(cut_of(today(), days or 0, timezone.get_current_timezone())))


def find_held_areas(code: str) -> list[int | None]:
    """Return the areas of the holds that reach a kind; None for one on everything."""
    return list(Hold.objects.live().filter(kind__in=("", code)).values_list("area_id", flat=True))


@dataclass(frozen=True)
class KindLine:
    """One line of the list."""

    code: str
    title: str
    what: str
    way: str
    term: str
    source: str
    basis: str
    last: str
    proposed: bool
    held: bool


def list_kinds() -> list[KindLine]:
    """Return every kind with its term. Four queries, whatever there is."""
    proposed = set(Rule.objects.filter(state=Rule.State.PROPOSED).values_list("kind", flat=True))
    held = set(Hold.objects.live().values_list("kind", flat=True))
    last: dict[str, Removal] = {}
    for row in Removal.objects.exclude(count=0).filter(kind__in=[code for code, _kind in kinds.items()]).order_by("-day", "-pk")[:400]:
        last.setdefault(row.kind, row)
    return [
        KindLine(
            term.code, term.kind.title, term.kind.what, str(Way(term.kind.way).label), term.text, term.source, term.basis,
            describe_last(last.get(term.code)), term.code in proposed, bool({"", term.code} & held),
        )
        for term in find_terms()
    ]  # fmt: skip


def describe_last(row: Removal | None) -> str:
    return "" if row is None else _("%(day)s,%(count)d 条") % {"day": row.day, "count": row.count}


def list_removals(user: Any, *, kind: str = "", year: int | None = None) -> QuerySet[Removal]:
    rows = Removal.objects.visible_to(user)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(day__year=year) if year else rows


def describe_removal(row: Removal) -> tuple[Any, ...]:
    """Return a line of the report as a page, a sheet and a paper show it."""
    span = f"{row.first} — {row.last}" if row.first else ""
    rule = _("第 %(number)d 版") % {"number": row.rule} if row.rule else _("制度包默认") if row.days is not None else _("另行设定")
    return row.day, row.title, str(row.get_way_display()), row.count, span, row.held, row.left, rule, row.basis, row.digest


def find_report_faults(rows: Iterable[Removal]) -> list[str]:
    """Return where the report's lines do not carry on from one another: changed, taken out or put in."""
    previous, faults = "", []
    for row in rows:
        if not row.digest or not is_digest_of(row.digest, write_line(previous, vars(row)).encode()):
            faults.append(_("%(day)s “%(title)s”这一行与摘要不符") % {"day": row.day, "title": row.title})
        previous = row.digest
    return faults


def check_report() -> list[str]:
    return find_report_faults(Removal.objects.exclude(ended_at=None).order_by("ended_at", "pk"))
