"""Forms of proposals, measures, talks, follow-ups and pairs."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.coaching.models import FollowUp, Kind, Measure
from ronghe.common.forms import SECRECY, area_text
from ronghe.org.forms import PersonField, date_field
from ronghe.org.models import Person, Unit


def line_text(label: Any, *, rows: int = 2, most: int = 300, **extra: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), help_text=SECRECY, **extra)


class AdoptForm(forms.Form):
    owner = PersonField(label=_("由谁落实"))
    due = date_field(_("期限"))
    reason = line_text(_("决定理由"))

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(people)  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    reason = line_text(_("理由"))


class MeasureForm(forms.Form):
    kind: Any = forms.ModelChoiceField(label=_("措施"), queryset=Kind.objects.none())
    unit: Any = forms.ModelChoiceField(
        label=_("单位"), queryset=Unit.objects.none(), help_text=_("对单位的措施选单位;对人的,选了人以后按本人所在单位"), required=False
    )
    person = PersonField(label=_("对象"), required=False, empty=_("单位,不是个人"))
    ground = line_text(_("凭什么"))
    indicator = forms.ChoiceField(label=_("针对的指标"), required=False, help_text=_("选了指标,效果就看这项指标的得分;不选看总得分"))
    reason = line_text(_("决定理由"))
    owner = PersonField(label=_("由谁落实"))
    due = date_field(_("期限"), required=False, help_text=_("留空按措施规定的天数"))

    def __init__(self, *args: Any, kinds: Any, units: Any, people: list[Person], indicators: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["indicator"].choices = [("", _("不针对单项")), *indicators]  # type: ignore[attr-defined]
        for name in ("person", "owner"):
            self.fields[name].offer(people)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("unit") and not values.get("person"):
            self.add_error("unit", str(_("请选择单位或对象。")))
        return values


class ResultForm(forms.Form):
    result = line_text(_("做了什么、结果怎样"), rows=3, most=500)


class NoticeForm(forms.Form):
    meets_on = date_field(_("谈话日期"))
    meets_at = forms.TimeField(label=_("时间"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    place = forms.CharField(label=_("地点"), max_length=60)
    notice = line_text(_("谈什么、请准备什么"), required=False)


class TalkForm(forms.Form):
    problem = area_text(_("问题"), rows=3, max_length=1000, help_text=_("说事,不给人下结论。涉密不上网。"))
    cause = area_text(_("原因"), rows=3, max_length=1000)
    promise = area_text(_("本人承诺"), rows=3, max_length=1000, help_text=_("做什么、到什么程度、哪天见结果"))
    help = area_text(_("组织提供的帮助"), rows=3, max_length=1000, help_text=_("谁、帮什么、哪天到位;回访时要看兑现没有"))


class WordsForm(forms.Form):
    words = line_text(_("本人意见"), rows=2, most=500, required=False)


class LookForm(forms.Form):
    verdict = forms.ChoiceField(label=_("结论"), choices=FollowUp.Verdict, widget=forms.RadioSelect)
    text = line_text(_("看到什么"), most=500)
    help_kept = forms.TypedChoiceField(
        label=_("答应的帮助兑现了吗"), required=False, choices=[("", _("没有答应过帮助")), ("1", _("兑现了")), ("0", _("没有兑现"))],
        coerce=lambda text: text == "1", empty_value=None,
    )  # fmt: skip


class MeasureFilter(forms.Form):
    scope = forms.ChoiceField(label=_("范围"), required=False, choices=[("", _("全部")), ("mine", _("我的"))])
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), ("live", _("未办结")), *Measure.State.choices])
    kind = forms.ChoiceField(label=_("措施"), required=False)
    unit = forms.ChoiceField(label=_("单位"), required=False)

    def __init__(self, *args: Any, kinds: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = ("", _("全部"))
        self.fields["kind"].choices = [every, *kinds]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [every, *((str(pk), name) for pk, name in units)]  # type: ignore[attr-defined]


class PairForm(forms.Form):
    weak: Any = forms.ModelChoiceField(label=_("学习单位"), queryset=Unit.objects.none())
    strong: Any = forms.ModelChoiceField(label=_("传授单位"), queryset=Unit.objects.none())
    indicator = forms.ChoiceField(label=_("学哪项指标"))
    why = line_text(_("为什么"))
    target = line_text(_("达到什么程度"))
    ends_on = date_field(_("到期"))

    def __init__(self, *args: Any, units: Any, indicators: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("weak", "strong"):
            self.fields[name].queryset = units  # type: ignore[attr-defined]
        self.fields["indicator"].choices = [("", "---------"), *indicators]  # type: ignore[attr-defined]


class VisitForm(forms.Form):
    day = date_field(_("观摩日期"))
    seen = line_text(_("看了什么"), most=500)
    taken = line_text(_("带回什么做法"), most=500, required=False)
    task = forms.CharField(label=_("用起来的任务"), max_length=200, required=False)
    owner = PersonField(label=_("责任人"), required=False)
    due = date_field(_("期限"), required=False)

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(people)  # type: ignore[attr-defined]


class EndingForm(forms.Form):
    ending = line_text(_("学到了什么、效果怎样"), rows=3, most=500)
