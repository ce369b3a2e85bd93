"""Forms of the board."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.common.forms import SECRECY
from ronghe.org.forms import date_field
from ronghe.org.models import Person, Unit
from ronghe.rectification.forms import PersonField, area_text
from ronghe.supervision.kinds import BOARD_SOURCES


def line_text(label: Any, **extra: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text=SECRECY, **extra)


class BoardForm(forms.Form):
    title = forms.CharField(label=_("事项"), max_length=120, help_text=_("一句话说清办什么"))
    demand = area_text(_("办到什么程度"), rows=3, max_length=1000, help_text=SECRECY)
    source = forms.ChoiceField(label=_("来源"), choices=list(BOARD_SOURCES.items()))
    unit: Any = forms.ModelChoiceField(label=_("责任单位"), queryset=Unit.objects.none())
    owner = PersonField(label=_("责任人"))
    supervisor = PersonField(label=_("督办人"), required=False, empty=_("我自己"), help_text=_("确认办结的人,不能是责任人"))
    due = date_field(_("期限"))

    def __init__(self, *args: Any, units: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        for name in ("owner", "supervisor"):
            self.fields[name].offer(people)  # type: ignore[attr-defined]


class CommentForm(forms.Form):
    text = line_text(_("督办意见"))


class ResultForm(forms.Form):
    result = forms.CharField(
        label=_("办理结果"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("办成了什么,凭什么确认。涉密不上网。")
    )


class ReasonForm(forms.Form):
    reason = line_text(_("理由"))


class MoveForm(forms.Form):
    due = date_field(_("新的期限"))
    reason = line_text(_("理由"))


class ReassignForm(forms.Form):
    owner = PersonField(label=_("新的责任人"), required=False, empty=_("不变"))
    supervisor = PersonField(label=_("新的督办人"), required=False, empty=_("不变"))
    note = line_text(_("原因"))

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("owner", "supervisor"):
            self.fields[name].offer(people)  # type: ignore[attr-defined]


class WeekForm(forms.Form):
    note = forms.CharField(
        label=_("本周督办要求"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=SECRECY
    )


class BoardFilter(forms.Form):
    text = forms.CharField(label=_("编号或事项"), required=False, max_length=50)
    scope = forms.ChoiceField(
        label=_("范围"), required=False, choices=[("", _("全部")), ("owned", _("我负责的")), ("watched", _("我督办的"))]
    )
    light = forms.ChoiceField(
        label=_("灯和状态"), required=False,
        choices=[
            ("", _("全部")), ("open", _("未办结")), ("r", _("红灯")), ("y", _("黄灯")), ("g", _("绿灯")), ("up", _("已升级")), ("claimed", _("待确认")),
            ("done", _("本周办结")),
        ],
    )  # fmt: skip
    source = forms.ChoiceField(label=_("来源"), required=False, choices=[("", _("全部")), *BOARD_SOURCES.items()])
    unit = forms.ChoiceField(label=_("责任单位"), required=False)
    owner = forms.ChoiceField(label=_("责任人"), required=False)
    week = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = ("", _("全部"))
        self.fields["unit"].choices = [every, *((str(pk), name) for pk, name in units)]  # type: ignore[attr-defined]
        self.fields["owner"].choices = [every, *((str(pk), name) for pk, name in owners)]  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    """One line and one box an item: what is left empty is not said this week."""

    def __init__(self, *args: Any, items: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        for item in self.items:
            self.fields[f"text_{item.pk}"] = forms.CharField(
                label=_("本周进展"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
            self.fields[f"done_{item.pk}"] = forms.BooleanField(label=_("已办结,请确认"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for item in self.items:
            if values.get(f"done_{item.pk}") and not values.get(f"text_{item.pk}", "").strip():
                self.add_error(f"text_{item.pk}", _("报办结请写一句办成了什么。"))
        if not any(values.get(f"text_{item.pk}", "").strip() for item in self.items) and not self.errors:
            self.add_error(None, _("至少写一项的进展。"))
        return values

    def rows(self) -> list[tuple[Any, Any, Any]]:
        return [(item, self[f"text_{item.pk}"], self[f"done_{item.pk}"]) for item in self.items]
