"""Forms of the administrators' pages."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.common.api import SCOPES
from ronghe.common.calendar import today


class LimitForm(forms.Form):
    rows = forms.IntegerField(label=_("一人一天的行数"), min_value=1, max_value=10_000_000)
    copies = forms.IntegerField(label=_("一人一天的份数"), min_value=1, max_value=10_000)


class WorkingDayForm(forms.Form):
    day = forms.DateField(label=_("日期"), widget=forms.DateInput(attrs={"type": "date"}))
    works = forms.TypedChoiceField(label=_("这一天"), choices=[("0", _("放假")), ("1", _("上班"))], coerce=lambda text: text == "1")
    name = forms.CharField(label=_("说明"), max_length=60, required=False, help_text=_("如 春节、国庆节调休"))
    confirmed = forms.BooleanField(label=_("已与通知核对"), required=False)


class YearForm(forms.Form):
    year = forms.IntegerField(min_value=2020, max_value=2100)


class LockForm(forms.Form):
    username = forms.CharField(max_length=60)
    address = forms.CharField(max_length=60, required=False)


def next_half_year() -> str:
    return (today() + timedelta(days=180)).isoformat()


class TokenForm(forms.Form):
    name = forms.CharField(label=_("给哪个系统用"), max_length=60, help_text=_("如 生产指挥系统、绩效系统。涉密不上网。"))
    scopes = forms.MultipleChoiceField(
        label=_("范围"),
        choices=list(SCOPES.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只勾用得着的;岗位没有的权限,令牌也没有。"),
    )
    ends_on = forms.DateField(
        label=_("有效至"), widget=forms.DateInput(attrs={"type": "date"}), initial=next_half_year, help_text=_("最长一年,到期自动失效。")
    )
