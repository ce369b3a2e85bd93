"""The forms of 追标: what is to be reached, the figures that are tried, and the plan that is saved."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.assessment.forms import SECRECY, OnceForm
from ronghe.assessment.models import Chase
from ronghe.assessment.queries.chase import FIELD, GapLine
from ronghe.org.models import Person

OWNER = "owner-"


class GoalForm(forms.Form):
    """Which place or total is to be reached; nothing asked is the next place."""

    NEXT, PLACE, TOTAL = "next", "place", "total"

    goal = forms.ChoiceField(
        label=_("想达到"), required=False, choices=[(NEXT, _("前进一名")), (PLACE, _("指定名次")), (TOTAL, _("指定总分"))]
    )
    place = forms.TypedChoiceField(label=_("名次"), required=False, coerce=int, empty_value=None)
    total = forms.DecimalField(label=_("总分"), required=False, min_value=0, max_value=1000, max_digits=8, decimal_places=4)

    def __init__(self, *args: Any, places: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(place, _("第 %(n)d 名(现为%(unit)s)") % {"n": place, "unit": name}) for place, name in places]
        self.fields["place"].choices = [("", "—"), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("goal") == self.PLACE and not cleaned.get("place") and "place" not in self.errors:
            self.add_error("place", _("请选择想达到的名次。"))
        if cleaned.get("goal") == self.TOTAL and cleaned.get("total") is None and "total" not in self.errors:
            self.add_error("total", _("请填写想达到的总分。"))
        return cleaned


class FiguresForm(forms.Form):
    """Other figures than the month's for the indicators of a unit; a field left empty keeps the month's."""

    def __init__(self, *args: Any, lines: Sequence[GapLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {line.code: line for line in lines}
        for line in lines:
            self.fields[f"{FIELD}{line.code}"] = forms.DecimalField(
                label=line.name, required=False, max_digits=18, decimal_places=0 if line.whole else 6, min_value=0 if line.whole else None
            )

    def changed_values(self) -> dict[str, Decimal]:
        """Return indicator → figure, of those that differ from the month's."""
        found = {}
        for code, line in self.lines.items():
            value = self.cleaned_data.get(f"{FIELD}{code}")
            if value is not None and value != line.actual_value:
                found[code] = value
        return found


class ChaseForm(OnceForm):
    """By when, for what, by whom: a 追标方案 about to be saved."""

    month = forms.ChoiceField(label=_("达到月份"))
    aim = forms.ChoiceField(label=_("以什么算达到"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("措施"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=SECRECY)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)  # the editions over which the form was opened: 2026-11=1;2026-12=2

    def __init__(
        self, *args: Any, months: Sequence[tuple[str, str]], aims: Sequence[tuple[str, Any]], steps: Sequence[tuple[str, str]],
        people: Sequence[Person], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = list(months)  # type: ignore[attr-defined]
        self.fields["aim"].choices = list(aims)  # type: ignore[attr-defined]
        self.steps = [code for code, _name in steps]
        choices = [("", "—"), *((person.pk, person.name) for person in people)]
        for code, name in steps:
            self.fields[f"{OWNER}{code}"] = forms.TypedChoiceField(
                label=_("责任人:%(name)s") % {"name": name}, choices=choices, coerce=int, error_messages={"required": _("请选择责任人。")}
            )

    def seen_edition(self) -> int:
        """Return the edition of the chosen month that the form was opened over, 0 for none."""
        pairs = dict(part.split("=", 1) for part in self.cleaned_data["seen"].split(";") if "=" in part)
        number = pairs.get(self.cleaned_data["month"], "0")
        return int(number) if number.isascii() and number.isdigit() else 0

    def owner_ids(self) -> dict[str, int]:
        """Return indicator → the person who sees to it."""
        return {code: self.cleaned_data[f"{OWNER}{code}"] for code in self.steps}


class ChaseFilter(forms.Form):
    """What the list of 追标方案 shows."""

    state = forms.ChoiceField(label=_("状态"), required=False)
    unit = forms.ChoiceField(label=_("单位"), required=False)
    month = forms.ChoiceField(label=_("达到月份"), required=False)

    def __init__(self, *args: Any, units: Any, months: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("全部")), *Chase.State.choices]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", _("全部")), *units]  # type: ignore[attr-defined]
        self.fields["month"].choices = [("", _("全部")), *((value, value) for value in months)]  # type: ignore[attr-defined]
