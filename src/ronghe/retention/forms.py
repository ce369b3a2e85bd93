"""Forms of 保存期限."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.common.calendar import today
from ronghe.common.forms import SECRECY, area_text
from ronghe.common.retention import kinds
from ronghe.org.models import Unit


def kind_choices() -> list[tuple[str, Any]]:
    return [("", _("全部种类")), *((code, one.title) for code, one in kinds.items())]


def year_choices() -> list[tuple[str, Any]]:
    return [("", _("全部年份")), *((str(year), str(year)) for year in range(today().year, today().year - 5, -1))]


class ReportFilter(forms.Form):
    kind = forms.ChoiceField(label=_("记录种类"), choices=kind_choices, required=False)
    year = forms.ChoiceField(label=_("年份"), choices=year_choices, required=False)


class RuleForm(forms.Form):
    days = forms.IntegerField(label=_("保存多少天"), min_value=0, max_value=36600, required=False)
    forever = forms.BooleanField(label=_("不清除"), required=False)
    basis = forms.CharField(label=_("依据"), max_length=300, help_text=_("写文件名称和条款。%(secrecy)s") % {"secrecy": SECRECY})

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("forever"):
            values["days"] = None
        elif values.get("days") is None and "days" not in self.errors:
            self.add_error("days", _("请填天数,或勾选“不清除”。"))
        return values


class DeclineForm(forms.Form):
    note = area_text(_("不批准的理由"), rows=2, max_length=300, help_text=SECRECY)


class HoldForm(forms.Form):
    kind = forms.ChoiceField(label=_("哪一类记录"), required=False)
    area: Any = forms.ModelChoiceField(label=_("哪个管理区"), queryset=Unit.objects.none(), required=False, empty_label=_("全部"))
    reason = area_text(
        _("事由"), rows=2, max_length=300, help_text=_("如 配合巡察、劳动争议仲裁,写明文号。%(secrecy)s") % {"secrecy": SECRECY}
    )

    def __init__(self, *args: Any, areas: list[int], everywhere: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["kind"]
        choice.choices = kind_choices()
        field: Any = self.fields["area"]
        field.queryset = Unit.objects.filter(pk__in=areas, kind=Unit.Kind.AREA)
        field.required = not everywhere


class LiftForm(forms.Form):
    reason = area_text(_("解除的理由"), rows=2, max_length=300, help_text=SECRECY)
