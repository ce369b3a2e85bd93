"""Forms of 关切 and 谈心谈话."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.common.calendar import today
from ronghe.common.forms import area_text
from ronghe.concerns.models import Concern, Norm
from ronghe.org.forms import PersonField, date_field


class ConcernForm(forms.Form):
    topic = forms.ChoiceField(label=_("关于什么"), choices=Concern.Topic.choices)
    text = area_text(
        _("是什么情况,希望怎样"), rows=4, max_length=1000,
        help_text=_("只写条件和事情,不评价人的思想,不写别人的姓名。涉密不上网。"),
    )  # fmt: skip
    named = forms.ChoiceField(
        label=_("要不要留名"), choices=[("", _("不留名(凭回执码看答复)")), ("1", _("留名(答复直接通知我)"))], required=False
    )
    way = forms.ChoiceField(label=_("替谁反映"), choices=[("self", _("我自己")), ("delegate", _("代表别人(会留我的名字)"))], initial="self")
    consent = forms.BooleanField(label=_("替别人反映的,已征得本人同意"), required=False)
    to = PersonField(label=_("请谁答复"), required=False, empty=_("按事情分工自动确定"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].offer(people)  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    answer = area_text(_("答复"), rows=4, max_length=1000, help_text=_("反映人会看到。涉密不上网。"))
    promise = forms.CharField(label=_("答应办什么"), max_length=200, required=False, help_text=_("有就写,进您的待办;只有您和反映人看得到"))
    promise_due = date_field(_("什么时候办到"), required=False)


class ReplyForm(forms.Form):
    reply = area_text(
        _("哪里没有解决"), rows=3, max_length=500, required=False, help_text=_("不认可时必填,会交给上一级再答复一次。涉密不上网。")
    )


class CodeForm(forms.Form):
    code = forms.CharField(label=_("回执码"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class TalkForm(forms.Form):
    other = PersonField(label=_("和谁谈"))
    day = date_field(_("哪一天"), initial=today)
    promise = forms.CharField(
        label=_("答应办什么"), max_length=200, required=False, help_text=_("有就写,进您的待办;谈了什么不写,也没有地方写。涉密不上网。")
    )
    promise_due = date_field(_("什么时候办到"), required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].offer(people)  # type: ignore[attr-defined]


class PromiseForm(forms.Form):
    result = forms.CharField(label=_("怎样兑现的"), max_length=200, help_text=_("对方会看到"))


class NormForm(forms.ModelForm):
    class Meta:
        model = Norm
        fields = ["answer_days", "keep_days", "basis"]

    def _post_clean(self) -> None:
        """The action saves; the form only reads."""
