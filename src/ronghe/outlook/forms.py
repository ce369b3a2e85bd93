"""The filter of 进度与预测."""

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
