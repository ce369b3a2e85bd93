"""Reads over the audit: an object's own history, and the 审计管理员's list without business values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from ronghe.audit.checkpoints import last_written
from ronghe.audit.models import Chain, Entry
from ronghe.audit.rules import CHECKPOINT_ENTRIES, OUTSIDE
from ronghe.common import registry


@dataclass(frozen=True)
class HistoryLine:
    """One line of an object's history, ready to print."""

    at: str
    who: str
    what: str
    note: str


def list_history(obj: models.Model, limit: int = 50) -> list[HistoryLine]:
    """Return an object's history, newest first, for whoever may see the object. One query."""
    entries = Entry.objects.filter(label=obj._meta.label_lower, object_id=obj.pk).order_by("-id")[:limit]
    return [describe_entry(entry, type(obj)) for entry in entries]


def describe_entry(entry: Entry, model: type[models.Model]) -> HistoryLine:
    """Return an entry with its fields' Chinese names."""
    changes = [f"{name_field(model, field)}:{show(pair[0])} → {show(pair[1])}" for field, pair in entry.changes.items()]
    return HistoryLine(format_time(entry.at), entry.actor_name, entry.verb, ";".join(part for part in (entry.note, *changes) if part))


def name_field(model: type[models.Model], field: str) -> str:
    """Return the Chinese name of a model's field, or the text itself where it is none."""
    names = {one.name: str(getattr(one, "verbose_name", one.name)) for one in model._meta.get_fields() if hasattr(one, "verbose_name")}
    return names.get(field, field)


def show(value: Any) -> str:
    return "(空)" if value in (None, "") else str(value)


def format_time(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


def name_label(label: str) -> str:
    """Return the Chinese name of an object's kind ('figures.batch' → 批次)."""
    if not label:
        return ""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except LookupError:
        return label


def match_chains(user: Any) -> Q:
    """Return the filter for the chains that the 审计管理员 reads: the areas that the post reaches.

    Acts outside any area (logins of names that nobody has, the plant's own) are read from above, or by who reads every area. One query at most.
    """
    standing_of = registry.people.get("standing")
    if standing_of is None:
        return Q(pk__in=[])
    standing = standing_of(user)
    mine = {f"area-{area_id}" for area_id in standing.areas_of("audit_admin")}
    if standing.holds_above("audit_admin") or mine.issuperset(Chain.objects.exclude(code=OUTSIDE).values_list("code", flat=True)):
        mine.add(OUTSIDE)
    return Q(chain__code__in=mine)


def list_entries(
    user: Any, *, actor: str = "", verb: str = "", name: str = "", label: str = "", first: Any = None, last: Any = None
) -> QuerySet[Entry]:
    """Return entries for the 审计管理员: who did what when to which object. Values (`changes`, `note`) are deferred: not shown there."""
    rows = Entry.objects.filter(match_chains(user)).defer("changes", "note").select_related("chain").order_by("-id")
    if actor:
        rows = rows.filter(actor_name__icontains=actor)
    if verb:
        rows = rows.filter(verb__icontains=verb)
    if name:
        rows = rows.filter(object_name__icontains=name)
    if label:
        rows = rows.filter(label=label)
    if first:
        rows = rows.filter(at__date__gte=first)
    if last:
        rows = rows.filter(at__date__lte=last)
    return rows


def list_labels() -> list[tuple[str, str]]:
    """Return (label, Chinese name) of the kinds of objects that occur in the audit, by name. One query."""
    labels = Entry.objects.order_by().exclude(label="").values_list("label", flat=True).distinct()
    return sorted(((label, name_label(label)) for label in labels), key=lambda pair: pair[1])


@dataclass(frozen=True)
class ChainState:
    """One chain for the 审计管理员: how long it is and up to where a checkpoint outside the database vouches for it."""

    code: str
    length: int
    written: int
    at: str

    @property
    def is_behind(self) -> bool:
        return self.written < self.length - CHECKPOINT_ENTRIES


def list_chain_states() -> list[ChainState]:
    """Return every chain with its last checkpoint. One query and a look at each file's end."""
    rows = Chain.objects.filter(length__gt=0)
    return [ChainState(row.code, row.length, last_written(row.code), format_time(row.checked_at) if row.checked_at else "") for row in rows]
