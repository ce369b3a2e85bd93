"""Forms whose fields are data: a step of a decision, a stage of a project. A definition is a row [code, label, kind, required, choices].

Values are kept as JSON texts: dates as 2026-11-27, numbers as they were typed ('12.50'), yes and no as '是' and '否'.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

KINDS = {
    "text": _("一行文字"),
    "long": _("多行文字"),
    "number": _("数"),
    "date": _("日期"),
    "yesno": _("是或否"),
    "choice": _("选一项"),
    "section": _("小标题"),
}
CODE = re.compile(r"[a-z][a-z0-9_]{0,29}")
MOST_FIELDS = 120
SHORT, LONG = 300, 3000


@dataclass(frozen=True)
class OwnField:
    """One field of a form that is data; a section is a heading between fields."""

    code: str
    label: str
    kind: str
    required: bool = False
    choices: tuple[str, ...] = ()

    @property
    def is_section(self) -> bool:
        return self.kind == "section"


def read_fields(rows: Iterable[Sequence[Any]]) -> list[OwnField]:
    """Return the fields of stored rows."""
    return [OwnField(row[0], row[1], row[2], bool(row[3]), tuple(row[4]) if len(row) > 4 else ()) for row in rows]


def find_faults(fields: Sequence[OwnField]) -> list[str]:
    """Return what is wrong with a definition, in words for its editor."""
    faults = []
    codes = [field.code for field in fields]
    if len(fields) > MOST_FIELDS:
        faults.append(f"最多 {MOST_FIELDS} 个栏目。")
    if len(set(codes)) != len(codes):
        faults.append("栏目代码不能重复。")
    for field in fields:
        if not CODE.fullmatch(field.code):
            faults.append(f"栏目代码“{field.code}”须以小写字母开头,只含小写字母、数字和下划线。")
        if field.kind not in KINDS:
            faults.append(f"“{field.label}”的类型不对。")
        if field.kind == "choice" and len(field.choices) < 2:
            faults.append(f"“{field.label}”至少要有两个选项。")
        if not field.label.strip():
            faults.append(f"栏目“{field.code}”没有名称。")
    if not any(not field.is_section for field in fields):
        faults.append("至少要有一个栏目。")
    return faults


def build_form_field(field: OwnField) -> forms.Field:
    """Return the form field of a definition. Nothing is required here: a draft may be half filled; `find_missing` asks at the end."""
    common: dict[str, Any] = {"label": f"{field.label}*" if field.required else field.label, "required": False}
    if field.kind == "long":
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=LONG, **common)
    if field.kind == "number":
        return forms.DecimalField(max_digits=16, decimal_places=4, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **common)
    if field.kind == "date":
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **common)
    if field.kind == "yesno":
        return forms.ChoiceField(choices=[("", "---------"), ("是", _("是")), ("否", _("否"))], **common)
    if field.kind == "choice":
        return forms.ChoiceField(choices=[("", "---------"), *((one, one) for one in field.choices)], **common)
    return forms.CharField(max_length=SHORT, **common)


class OwnForm(forms.Form):
    """A form of such fields. `values` are the stored texts; `read_values()` gives them back after `is_valid()`."""

    def __init__(self, *args: Any, fields: Sequence[OwnField], values: dict[str, str] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", dict(values or {}))
        kwargs.setdefault("prefix", "f")
        super().__init__(*args, **kwargs)
        self.own = list(fields)
        for field in self.own:
            if not field.is_section:
                self.fields[field.code] = build_form_field(field)

    def list_parts(self) -> list[tuple[str, list[Any]]]:
        """Return (heading, bound fields) in order; before the first heading ''."""
        parts: list[tuple[str, list[Any]]] = [("", [])]
        for field in self.own:
            if field.is_section:
                parts.append((field.label, []))
            else:
                parts[-1][1].append(self[field.code])
        return [part for part in parts if part[1]]

    def read_values(self) -> dict[str, str]:
        """Return the texts to store, empty ones left out."""
        return {code: write_value(value) for code, value in self.cleaned_data.items() if value not in (None, "")}


def write_value(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def keep_readable(fields: Sequence[OwnField], data: Any, *, prefix: str = "f") -> dict[str, str]:
    """Return what of a posted draft can be kept as it was typed: also a half-written number; never longer than its field."""
    kept = {}
    for field in fields:
        text = str(data.get(f"{prefix}-{field.code}", "")).strip()
        if text and not field.is_section:
            kept[field.code] = text[: LONG if field.kind == "long" else SHORT]
    return kept


def find_missing(fields: Iterable[OwnField], values: dict[str, str]) -> list[OwnField]:
    """Return the required fields that are empty."""
    return [field for field in fields if field.required and not field.is_section and not values.get(field.code, "").strip()]


def read_number_of(values: dict[str, str], code: str) -> Decimal | None:
    """Return a stored number, or None."""
    try:
        return Decimal(values[code])
    except (KeyError, InvalidOperation):
        return None


def list_filled(fields: Iterable[OwnField], values: dict[str, str]) -> list[tuple[str, str]]:
    """Return (label, text) of what was filled, in order: for pages and prints."""
    return [(field.label, values[field.code]) for field in fields if not field.is_section and values.get(field.code)]
