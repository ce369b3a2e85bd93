"""Forms of the monthly figures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.common.forms import SECRECY
from ronghe.figures.models import Adjustment, Batch, ReportingPeriod
from ronghe.goals.models import Indicator
from ronghe.org.forms import date_field
from ronghe.org.models import Unit


class OpenForm(forms.Form):
    """Which month, and its three dates."""

    period = forms.RegexField(
        label=_("月份"), regex=r"^\d{4}-(0[1-9]|1[0-2])$", widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m")
    )
    opens_on = date_field(_("开放日"))
    due_on = date_field(_("截止日"), help_text=_("默认为次月第 5 个工作日"))
    closes_on = date_field(_("关闭日"), help_text=_("此日之后不能再填报或提交;更正不受此限"))


class DatesForm(forms.Form):
    """Other dates for an open month, with the reason."""

    opens_on = date_field(_("开放日"))
    due_on = date_field(_("截止日"))
    closes_on = date_field(_("关闭日"))
    reason = forms.CharField(label=_("修改原因"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """One sentence: why a batch is returned or corrected."""

    reason = forms.CharField(label=_("原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text=SECRECY)


class BatchFilter(forms.Form):
    state = forms.ChoiceField(label=_("状态"), required=False)
    period = forms.ModelChoiceField(label=_("月份"), queryset=ReportingPeriod.objects.none(), required=False)
    text = forms.CharField(label=_("批次号或单位"), required=False, max_length=40)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("全部")), *Batch.State.choices]  # type: ignore[attr-defined]
        self.fields["period"].queryset = ReportingPeriod.objects.visible_to(user)  # type: ignore[attr-defined]


class AdjustmentForm(forms.Form):
    """What a station asks for. The file is checked by the action."""

    unit: forms.ModelChoiceField = forms.ModelChoiceField(label=_("单位"), queryset=Unit.objects.none())
    indicator = forms.ModelChoiceField(label=_("指标"), queryset=Indicator.objects.none())
    period = forms.RegexField(label=_("月份"), regex=r"^\d{4}-(0[1-9]|1[0-2])$", widget=forms.DateInput(attrs={"type": "month"}))
    kind = forms.ChoiceField(label=_("申请"), choices=Adjustment.Kind.choices, widget=forms.RadioSelect, initial=Adjustment.Kind.EXEMPT)
    target = forms.DecimalField(
        label=_("调整后的目标值"), required=False, max_digits=18, decimal_places=6, help_text=_("申请“调整目标”时填写")
    )
    reason = forms.CharField(
        label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("如计划停产、不可抗力。涉密不上网")
    )
    proof = forms.FileField(label=_("证明材料"))

    def __init__(self, *args: Any, units: Any, area_ids: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["indicator"].queryset = Indicator.objects.filter(area_id__in=area_ids)  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    note = forms.CharField(
        label=_("意见"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("不批准时必填。涉密不上网。")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
