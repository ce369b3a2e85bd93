"""Forms of 分工: what was typed, checked for its shape; the actions say what it may mean."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.common.forms import SECRECY
from ronghe.duties.kinds import Field, Flow, Kind
from ronghe.org.forms import date_field
from ronghe.org.models import Post

EVERY = ("", _("全部"))


def area_text(label: Any, **extra: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 2}), max_length=extra.pop("max_length", 300), **extra)


class MatrixFilter(forms.Form):
    flow = forms.ChoiceField(label=_("流程"), required=False, choices=[EVERY, *Flow.choices])
    field = forms.ChoiceField(label=_("抓什么"), required=False, choices=[EVERY, *Field.choices])
    on = date_field(_("哪天的分工"), required=False)
    text = forms.CharField(label=_("事项"), required=False, max_length=40)


class MatterForm(forms.Form):
    name = forms.CharField(label=_("事项"), max_length=40)
    flow = forms.ChoiceField(label=_("流程"), choices=Flow.choices)
    field = forms.ChoiceField(label=_("抓什么"), choices=Field.choices)
    what = area_text(_("具体抓什么"), help_text=SECRECY)
    how = area_text(_("怎么抓"))
    degree = area_text(_("抓到什么程度"), help_text=_("写得能检查:数、期限、标准"))
    evidence = forms.CharField(label=_("以什么评价"), max_length=200, help_text=_("指标名称或看得见的证据"))
    basis = forms.CharField(label=_("依据"), max_length=300)
    valid_from = date_field(_("自何日起"))


class CellForm(forms.Form):
    administrative = forms.ChoiceField(label=_("按行政岗位"), required=False, choices=[("", _("不负责")), *Kind.choices])
    committee = forms.ChoiceField(label=_("按支委职务"), required=False, choices=[("", _("不负责")), *Kind.choices])
    valid_from = date_field(_("自何日起"))
    note = forms.CharField(label=_("说明"), required=False, max_length=200, help_text=_("会议名称或文件号"))


class ReasonForm(forms.Form):
    reason = area_text(_("原因"), help_text=SECRECY)


class AcceptForm(forms.Form):
    reason = forms.CharField(label=_("为什么可以先这样"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=SECRECY)
    review_on = date_field(_("复核日期"), help_text=_("到这一天重新提出来"))


class NormForm(forms.Form):
    value = forms.IntegerField(label=_("数值"), min_value=0, max_value=10_000)
    basis = forms.CharField(label=_("依据"), max_length=300)


class TermForm(forms.Form):
    elected_on = date_field(_("选举日期"))
    ends_on = date_field(_("届满日期"))


class UploadForm(forms.Form):
    file = forms.FileField(label=_("分工矩阵表格"), help_text=_("先导出再修改;一格写“主管”“支委分管”,两种身份用顿号隔开。涉密不上网。"))


class ApplyForm(forms.Form):
    rows = forms.CharField(widget=forms.HiddenInput, max_length=2_000_000)
    valid_from = date_field(_("自何日起"))


class DeputyForm(forms.Form):
    deputy: Any = forms.ModelChoiceField(label=_("B 岗"), queryset=Post.objects.none(), required=False, empty_label=_("不设"))

    def __init__(self, *args: Any, posts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = posts  # type: ignore[attr-defined]
        self.fields["deputy"].label_from_instance = lambda post: f"{post.title}({post.unit.name})"  # type: ignore[attr-defined]
