"""The filter of 进度与预测, and what is asked for a 亮灯规则."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.goals.models import Indicator
from ronghe.outlook.models import Outlook


class OutlookFilter(forms.Form):
    """What the page shows and the export takes."""

    unit = forms.ChoiceField(label=_("单位"), required=False)
    indicator = forms.ChoiceField(label=_("指标"), required=False)
    side = forms.ChoiceField(label=_("党建或业务"), required=False, choices=[("", _("全部")), *Indicator.Side.choices])
    light = forms.ChoiceField(label=_("灯"), required=False, choices=[("", _("全部")), *Outlook.Light.choices])

    def __init__(self, *args: Any, units: Any, indicators: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("全部")), *units]  # type: ignore[attr-defined]
        self.fields["indicator"].choices = [("", _("全部")), *indicators]  # type: ignore[attr-defined]


class LightRuleForm(forms.Form):
    """A new version; how the limits go together is the action's to say."""

    valid_from = forms.RegexField(label=_("自何月起"), regex=r"^\d{4}-(0[1-9]|1[0-2])$", widget=forms.DateInput(attrs={"type": "month"}))
    green = forms.DecimalField(label=_("绿灯:差不超过(%)"), min_value=0, max_value=100, max_digits=5, decimal_places=2)
    yellow = forms.DecimalField(label=_("黄灯:差不超过(%)"), min_value=0, max_value=100, max_digits=5, decimal_places=2)
    basis = forms.CharField(
        label=_("依据"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("写明会议或文件。涉密不上网")
    )


class RuleDecisionForm(forms.Form):
    note = forms.CharField(
        label=_("意见"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("不批准时必填。涉密不上网。")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
