"""Forms of 驻站带班."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from ronghe.common.calendar import today
from ronghe.common.forms import SECRECY, area_text
from ronghe.concerns.models import Concern
from ronghe.org.forms import PersonField, date_field
from ronghe.org.models import Unit
from ronghe.stationing.actions import Heard, NewPoint
from ronghe.stationing.models import Norm, PlanDay, Point
from ronghe.stationing.rules import JOINED

EVERY = ("", _("全部"))
JOINED_CHOICES = [("shift", _("班前会")), ("theme", _("主题班会")), ("group", _("党小组会")), ("site", _("生产现场"))]
assert [code for code, _label in JOINED_CHOICES] == list(JOINED)


class VisitForm(forms.Form):
    unit: Any = forms.ModelChoiceField(label=_("班站"), queryset=Unit.objects.none(), empty_label=None)
    day = date_field(_("哪一天"), initial=today)
    joined = forms.MultipleChoiceField(label=_("参加了什么"), choices=JOINED_CHOICES, widget=forms.CheckboxSelectMultiple)
    note = area_text(
        _("其他情况"), rows=2, max_length=1000, required=False,
        help_text=_("没有就不写。不要照片、不要定位,也不用写谁在场。涉密不上网。"),
    )  # fmt: skip

    heard_topic = forms.ChoiceField(label=_("有人托您反映的情况"), required=False, choices=[("", _("没有")), *Concern.Topic.choices])
    heard_text = area_text(
        _("托您反映的内容"), rows=2, max_length=1000, required=False,
        help_text=_("只写条件和事情,不写是谁、不评价人的思想。只有答复人和您看得到。涉密不上网。"),
    )  # fmt: skip
    heard_consent = forms.BooleanField(label=_("已征得本人同意"), required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What was heard goes as one; half of it is no concern."""
        values = super().clean() or {}
        topic, text, consent = (values.pop(f"heard_{name}", None) for name in ("topic", "text", "consent"))
        if bool(topic) != bool(text):
            self.add_error("heard_text" if topic else "heard_topic", _g("托您反映的情况要写全:关于什么、什么内容。"))
        values["heard"] = Heard(topic, text, bool(consent)) if topic and text else None
        return values


class PointForm(forms.Form):
    kind = forms.ChoiceField(label=_("是什么"), choices=Point.Kind.choices, initial=Point.Kind.PROBLEM)
    side = forms.ChoiceField(label=_("业务还是党建"), choices=Point.Side.choices, initial=Point.Side.BUSINESS)
    text = area_text(_("内容"), rows=2, max_length=500, required=False, help_text=SECRECY)
    result = forms.CharField(label=_("当场解决了?怎样解决的"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("result") and not values.get("text"):
            raise ValidationError(_g("写了怎样解决,也请写是什么问题。"))
        return values


PointRows = formset_factory(PointForm, extra=2, max_num=30, absolute_max=30)


def read_points(rows: Any) -> list[NewPoint]:
    return [NewPoint(one["kind"], one["side"], one["text"], one["result"]) for one in rows.cleaned_data if one.get("text")]


class CoverForm(forms.Form):
    unit: Any = forms.ModelChoiceField(label=_("班站"), queryset=Unit.objects.none(), empty_label=None)
    leader = PersonField(label=_("包站领导"))
    since = date_field(_("自何日起"), initial=today, help_text=_("前一位到前一天为止,记录保留"))

    def __init__(self, *args: Any, units: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["leader"].offer(people)  # type: ignore[attr-defined]


class ShiftForm(forms.Form):
    anchor = date_field(_("周期第 1 天"), initial=today)
    cycle = forms.IntegerField(label=_("几天一轮"), min_value=1, max_value=60)
    places = forms.CharField(label=_("哪几天适合带班"), max_length=100, help_text=_("例:1、2 表示每轮的第 1、第 2 天人最齐"))

    def clean_places(self) -> list[int]:
        parts = [one for one in self.cleaned_data["places"].replace(",", "、").replace(",", "、").replace(" ", "、").split("、") if one]
        if not parts or not all(one.isascii() and one.isdigit() and len(one) < 4 for one in parts):
            raise ValidationError(_g("请写数字,用顿号隔开。"))
        return [int(one) for one in parts]


class NormForm(forms.ModelForm):
    class Meta:
        model = Norm
        fields = ["days_a_week", "min_units", "decide_days", "basis"]

    def _post_clean(self) -> None:
        """The action saves; the form only reads."""


class DayForm(CoverForm):
    leader = PersonField(label=_("带班领导"))
    since = None  # type: ignore[assignment]
    day = date_field(_("日期"), initial=today, help_text=_("工作日;离岗的日子不能排"))


class MoveForm(forms.Form):
    day = date_field(_("改到哪一天"))
    reason = forms.CharField(label=_("原因"), max_length=150)


class OffForm(forms.Form):
    reason = forms.CharField(label=_("为什么不去"), max_length=200)


class SwapForm(forms.Form):
    other: Any = forms.ModelChoiceField(label=_("和哪一天换"), queryset=PlanDay.objects.none(), empty_label=None)
    reason = forms.CharField(label=_("原因"), max_length=200)

    def __init__(self, *args: Any, days: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = days  # type: ignore[attr-defined]


class ResultForm(forms.Form):
    result = area_text(_("怎样解决的,或怎样答复"), rows=3, max_length=500, help_text=_("反映的班站会看到。涉密不上网。"))


class PointFilter(forms.Form):
    text = forms.CharField(label=_("内容"), required=False, max_length=50)
    unit = forms.ChoiceField(label=_("班站"), required=False)
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=[EVERY, *Point.Kind.choices])
    side = forms.ChoiceField(label=_("业务/党建"), required=False, choices=[EVERY, *Point.Side.choices])
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[EVERY, ("live", _("未办结")), *Point.State.choices])

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [EVERY, *((str(pk), name) for pk, name in units)]  # type: ignore[attr-defined]


class ThemeForm(forms.Form):
    title = forms.CharField(label=_("共性问题"), max_length=120)
    proposal = area_text(_("建议怎样解决"), rows=3, max_length=500, required=False, help_text=_("上会时作为拟议意见。涉密不上网。"))
