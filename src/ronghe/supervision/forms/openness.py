"""Forms of 三务公开 and of elections."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.common.forms import SECRECY
from ronghe.org.forms import date_field
from ronghe.rectification.forms import FilesField
from ronghe.supervision.forms.checks import OFTEN, OftenForm
from ronghe.supervision.models.checks import SUPERVISED
from ronghe.supervision.models.openness import OpenItem, Opinion


class OpenForm(OftenForm):
    sphere = forms.ChoiceField(label=_("类别"), choices=OpenItem.Sphere)
    name = forms.CharField(label=_("公开什么"), max_length=80)
    audience = forms.CharField(label=_("向谁公开"), max_length=60, help_text=_("如 全体党员、全体员工"))
    place = forms.CharField(label=_("在哪里公开"), max_length=60, help_text=_("如 公开栏、党员大会、本系统"))
    owner_kind = forms.ChoiceField(label=_("谁来公开"), choices=SUPERVISED)
    basis = forms.CharField(label=_("依据"), max_length=300)
    NAMES = ("sphere", "name", "audience", "place", "owner_kind", "basis")
    field_order = ["sphere", "name", "audience", "place", "owner_kind", *OFTEN, "basis"]


class PublishForm(forms.Form):
    text = forms.CharField(
        label=_("公开内容"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("公开后不能改,有错只能加更正。不写身份证号、病情等个人隐私。涉密不上网。"),
    )
    materials = FilesField(label=_("附件"), required=False)


class CorrectForm(forms.Form):
    text = forms.CharField(label=_("更正"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=SECRECY)


class AskForm(forms.Form):
    text = forms.CharField(
        label=_("意见或问题"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("请对事不对人。涉密不上网。")
    )


class HeardForm(AskForm):
    channel = forms.ChoiceField(label=_("怎么收到的"), choices=[one for one in Opinion.Channel.choices if one[0] != "here"])
    field_order = ["channel", "text"]


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("答复"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("大家都能看到。不写姓名等个人隐私。涉密不上网。"),
    )


class ElectionForm(forms.Form):
    held_on = date_field(_("选举日期"))
    entitled = forms.IntegerField(label=_("应到会"), min_value=1, max_value=9999)
    present = forms.IntegerField(label=_("实到会"), min_value=0, max_value=9999, help_text=_("不少于应到会的五分之四才有效"))
    votes = forms.IntegerField(label=_("有效票"), min_value=0, max_value=9999)
    elected = forms.CharField(
        label=_("选举结果"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("当选的人和职务。涉密不上网。")
    )
    ends_on = date_field(_("新的届满日期"))
    meeting = forms.CharField(label=_("会议记录"), max_length=120, required=False, help_text=_("会议名称,如在本系统开的会会自动连上"))
    materials = FilesField(label=_("会议记录、报告等材料"), required=False)


class OpenFilter(forms.Form):
    sphere = forms.ChoiceField(label=_("类别"), required=False, choices=[("", _("全部")), *OpenItem.Sphere.choices])
    state = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[("", _("全部")), ("published", _("已公开")), ("planned", _("待公开")), ("late", _("逾期未公开")), ("asked", _("有意见待答复"))],
    )  # fmt: skip


def read_files(values: dict[str, Any]) -> list[tuple[str, bytes]]:
    return [(one.name, one.read()) for one in values.get("materials") or [] if one]
