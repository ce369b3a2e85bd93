"""Reads over the audit: an object's own history, and the 审计管理员's list without business values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from ronghe.audit.models import Entry


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


def list_entries(*, actor: str = "", verb: str = "", label: str = "", first: Any = None, last: Any = None) -> QuerySet[Entry]:
    """Return entries for the 审计管理员: who did what when to which object. Values (`changes`, `note`) are deferred: not shown there."""
    rows = Entry.objects.defer("changes", "note").select_related("chain").order_by("-id")
    if actor:
        rows = rows.filter(actor_name__icontains=actor)
    if verb:
        rows = rows.filter(verb__icontains=verb)
    if label:
        rows = rows.filter(label=label)
    if first:
        rows = rows.filter(at__date__gte=first)
    if last:
        rows = rows.filter(at__date__lte=last)
    return rows
