"""Forms of the 系统管理员: rules, times and robots of reminders."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.org.kinds import LEADERS, POST_TITLES

MOST_DAYS = 60


class OffsetsField(forms.Field):
    """Working days from the date, as people write them: -3, -1, 0, 1, 3."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> list[int]:
        words = [word for word in re.split(r"[\s,,、;;]+", str(value or "")) if word]
        try:
            days = sorted({int(word.replace("−", "-").replace("-", "-")) for word in words})
        except ValueError as problem:
            raise forms.ValidationError(_("请填整数,用逗号分开,如 -3, -1, 0, 1, 3。")) from problem
        if any(abs(day) > MOST_DAYS for day in days):
            raise forms.ValidationError(_("提醒日不能超过前后 60 个工作日。"))
        return days

    def prepare_value(self, value: Any) -> str:
        return ", ".join(str(day) for day in value) if isinstance(value, list) else str(value or "")


class RuleForm(forms.Form):
    kind = forms.CharField(
        label=_("事项来源"), max_length=40, required=False, help_text=_("留空 = 本区所有事项;或填待办上的来源,如 填报、整改")
    )
    offsets = OffsetsField(label=_("提醒日(距期限的工作日)"), help_text=_("负数为期限前,0 为当天,正数为逾期后"))
    repeat_every = forms.IntegerField(
        label=_("此后每隔几个工作日再提醒"), min_value=1, max_value=60, required=False, help_text=_("留空 = 不再提醒")
    )
    chief_after = forms.IntegerField(
        label=_("逾期几个工作日后报班站长"), min_value=1, max_value=60, required=False, help_text=_("留空 = 不报")
    )
    leader_after = forms.IntegerField(
        label=_("逾期几个工作日后报领导"), min_value=1, max_value=60, required=False, help_text=_("留空 = 不报")
    )
    leader_kind = forms.ChoiceField(label=_("报哪位领导"), choices=[(kind, POST_TITLES[kind]) for kind in LEADERS])
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PlanForm(forms.Form):
    hour = forms.TimeField(label=_("发送时间"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    quiet_from = forms.TimeField(label=_("免打扰起"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    quiet_to = forms.TimeField(label=_("免打扰止"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    on_days_off = forms.BooleanField(label=_("休息日也发"), required=False)
    by_mail = forms.BooleanField(label=_("发邮件"), required=False)
    by_robot = forms.BooleanField(label=_("发群机器人"), required=False, help_text=_("群里只报人数和件数,不报事项:群成员不都有权看"))


class RobotForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=40)
    address = forms.CharField(
        label=_("地址"),
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("企业微信 wecombot://密钥,钉钉 dingtalk://令牌,飞书 feishu://令牌,自建网关 json(s)://主机/路径。加密保存,以后不再显示"),
    )
