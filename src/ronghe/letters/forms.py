"""Forms of 责任书: what was typed, checked for its shape; the actions say what it may mean."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from ronghe.common.forms import SECRECY
from ronghe.letters.models import Letter, LetterLine, LetterTemplate
from ronghe.letters.queries.parties import Party
from ronghe.org.forms import date_field

STATES = [("", _("在办和有效的")), ("mine", _("我签的")), *Letter.State.choices, ("all", _("全部"))]


class LetterFilter(forms.Form):
    text = forms.CharField(label=_("编号、姓名或单位"), required=False, max_length=40)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=STATES)
    year = forms.TypedChoiceField(label=_("年度"), required=False, coerce=int, empty_value=None)
    template = forms.TypedChoiceField(label=_("责任书"), required=False, coerce=int, empty_value=None)
    unit = forms.TypedChoiceField(label=_("单位"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, years: Iterable[int], templates: Iterable[Any], units: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {"year": [(year, year) for year in years], "template": list(templates), "unit": list(units)}
        for name, found in choices.items():
            self.fields[name].choices = [("", _("全部")), *found]  # type: ignore[attr-defined]


class TemplateForm(forms.Form):
    title = forms.CharField(label=_("责任书名称"), max_length=60, help_text=_("如“安全生产责任书”"))
    whom = forms.ChoiceField(label=_("与谁签订"), choices=LetterTemplate.Whom.choices)
    basis = forms.CharField(
        label=_("依据"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("凭什么要签这份责任书:文件名称和文号、会议和日期。没有依据的不能增加"),
    )  # fmt: skip
    file = forms.FileField(label=_("模板文件(.docx)"), help_text=SECRECY)


class DraftForm(forms.Form):
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    first = forms.ChoiceField(label=_("甲方"))
    posts = forms.MultipleChoiceField(label=_("乙方"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, firsts: Iterable[Any], parties: Sequence[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].choices = [(str(post.pk), f"{person.name}({post.title})") for post, person in firsts]  # type: ignore[attr-defined]
        open_parties = [party for party in parties if party.letter is None and party.person is not None]
        named = [
            (str(party.post.pk), f"{party.name}:{party.person.name}({party.post.title})")
            for party in open_parties
            if party.person is not None
        ]
        self.fields["posts"].choices = named  # type: ignore[attr-defined]
        if not self.is_bound:
            self.initial.setdefault("posts", [pk for pk, _name in named])


class LetterForm(forms.Form):
    valid_from = date_field(_("自何日起"))
    valid_to = date_field(_("至何日止"))
    extra = forms.CharField(
        label=_("补充约定"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text=SECRECY
    )


class LineForm(forms.Form):
    kind = forms.ChoiceField(label=_("类型"), choices=LetterLine.Kind.choices, required=False)
    category = forms.CharField(label=_("类别"), max_length=40, required=False)
    what = forms.CharField(label=_("内容"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    how = forms.CharField(label=_("做法"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    degree = forms.CharField(label=_("标准"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))


LineFormSet = formset_factory(LineForm, extra=2, max_num=120)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text=SECRECY)


class SignForm(forms.Form):
    agree = forms.BooleanField(label=_("已通读全文,同意签订"), error_messages={"required": _("请先通读全文,再勾选同意。")})


class VerdictForm(forms.Form):
    line = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(label=_("评议"), choices=LetterLine.Verdict.choices, required=False, widget=forms.RadioSelect)
    note = forms.CharField(label=_("说明"), max_length=300, required=False)


VerdictFormSet = formset_factory(VerdictForm, extra=0, max_num=200)


class SummaryForm(forms.Form):
    summary = forms.CharField(
        label=_("总的意见"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=SECRECY
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("您的意见"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("没有意见就写“无异议”;写过不能再改。涉密不上网:不得填写国家秘密和商业秘密。"),
    )


class VerifyForm(forms.Form):
    code = forms.CharField(label=_("核验码"), max_length=40, help_text=_("印在责任书末页,16 位,中间的横线可以不写"))
    file = forms.FileField(
        label=_("PDF 文件(可不选)"),
        required=False,
        help_text=_("选了就逐字节核对,看它是不是存档的那一份;文件只用来核对,不保存。涉密不上网。"),
    )
