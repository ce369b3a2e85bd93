"""Forms of goal plans: what was typed, checked for its shape; the actions say what it may mean."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from ronghe.common.calendar import today
from ronghe.common.forms import SECRECY
from ronghe.goals.forms import MONTH
from ronghe.goals.models import Check, Dimension, Goal, GoalPlan, Indicator
from ronghe.goals.queries.offers import Offer
from ronghe.goals.rules import print_number, read_number
from ronghe.org.forms import date_field
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Person, Post, Track, Unit


class NumberField(forms.CharField):
    """A number as people type it: full-width digits, thousands, 1.2万; a blank is None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 40, **kwargs})
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        try:
            return read_number(text)
        except ValueError:
            raise ValidationError(_g("「%(text)s」不是可用的数字。") % {"text": text[:20]}) from None

    def prepare_value(self, value: Any) -> Any:
        return print_number(value) if isinstance(value, Decimal) else value


class PlanForm(forms.Form):
    title = forms.CharField(label=_("名称"), max_length=80, help_text=_("如:2027年目标计划"))
    first_month = forms.RegexField(label=_("起月"), **MONTH)
    last_month = forms.RegexField(label=_("止月"), **MONTH)
    basis = forms.CharField(label=_("依据"), max_length=300, help_text=_("上级下达文件、会议纪要等;涉密文件只写文号,不写内容"))
    source = forms.ModelChoiceField(
        label=_("以哪份计划为底稿"), queryset=GoalPlan.objects.none(), required=False, empty_label=_("从空白开始")
    )

    def __init__(self, *args: Any, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = plans  # type: ignore[attr-defined]


def first_plan_values() -> dict[str, str]:
    """Return what is offered for a new plan: next year from October on, else this year."""
    year = today().year + (today().month >= 10)
    return {"title": f"{year}年目标计划", "first_month": f"{year}-01", "last_month": f"{year}-12"}


class AdoptGoalsForm(forms.Form):
    """Goals of the 制度包: for each, whether it is taken in, and its annual number where it has one. Fields bear the goals' codes.

    `begins`: the plan is begun with it, so its name, months and basis are asked too.
    """

    def __init__(self, *args: Any, offers: Iterable[Offer], begins: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if begins:
            self.fields |= {name: field for name, field in PlanForm.base_fields.items() if name != "source"}
        self.offers = list(offers)
        for offer in self.offers:
            code = offer.spec.code
            self.fields[f"take-{code}"] = forms.BooleanField(required=False, initial=True, label=offer.title)
            if offer.indicator is not None:
                self.fields[code] = NumberField(label=offer.title, initial=offer.value)

    @property
    def head(self) -> list[Any]:
        """The fields of the plan itself."""
        return [self[name] for name in PlanForm.base_fields if name in self.fields]

    def rows(self) -> list[tuple[Offer, Any, Any]]:
        """Return (offer, its tick, its number or None) in the pack's order."""
        return [(one, self[f"take-{one.spec.code}"], self[one.spec.code] if one.indicator else None) for one in self.offers]

    def clean(self) -> dict[str, Any]:
        """Say all that is wrong at once; what stands in the field of a goal that is not taken in is nobody's business."""
        for offer in self.offers:
            code = offer.spec.code
            if not self.cleaned_data.get(f"take-{code}"):
                self.errors.pop(code, None)
            elif code in self.cleaned_data and (text := offer.judge(self.cleaned_data[code])):
                self.add_error(code, text)
        return super().clean() or {}

    def numbers(self) -> dict[str, Decimal | None]:
        """Return code → annual number of the goals that are taken in."""
        codes = [offer.spec.code for offer in self.offers if self.cleaned_data.get(f"take-{offer.spec.code}")]
        return {code: self.cleaned_data.get(code) for code in codes}


class GoalForm(forms.Form):
    title = forms.CharField(label=_("目标"), max_length=120, help_text=SECRECY)
    dimension: Any = forms.ModelChoiceField(label=_("维度"), queryset=Dimension.objects.none())
    indicator: Any = forms.ModelChoiceField(
        label=_("指标"), queryset=Indicator.objects.none(), required=False, empty_label=_("不是数,用节点任务衡量")
    )
    value = NumberField(label=_("目标值"))
    rule = forms.ChoiceField(label=_("下级怎样合成"), choices=Goal.Rule.choices, required=False)
    coordinator: Any = forms.ModelChoiceField(label=_("统筹协调"), queryset=Post.objects.none(), required=False)
    unit: Any = forms.ModelChoiceField(
        label=_("落实单位"), queryset=Unit.objects.none(), required=False, help_text=_("要再分解到各单位的留空")
    )
    person: Any = forms.ModelChoiceField(label=_("落实人(党员任务)"), queryset=Person.objects.none(), required=False)
    degree = forms.CharField(label=_("抓到什么程度"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    weight = NumberField(label=_("权重"))
    mean_weight = NumberField(label=_("加权平均的权"), help_text=_("上级按加权平均合成时用,如递减率按产量加权"))
    basis = forms.CharField(label=_("依据"), max_length=200, required=False)
    spare = forms.ChoiceField(label=_("与下级的差额"), choices=Goal.Spare.choices, required=False)
    spare_value = NumberField(label=_("差额"), help_text=_("预留为正,压担子为负"))
    spare_reason = forms.CharField(label=_("差额的理由"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, plan: GoalPlan, people: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = plan.area_id
        fields: Any = self.fields
        fields["dimension"].queryset = Dimension.objects.filter(area=area)
        fields["indicator"].queryset = Indicator.objects.filter(area=area)
        fields["coordinator"].queryset = Post.objects.filter(area=area, kind__in=LEADERS)
        fields["unit"].queryset = Unit.objects.filter(area=area, closed_on=None).exclude(pk=area)
        fields["person"].queryset = Person.objects.filter(area=area, left_on=None).select_related("unit")
        fields["person"].label_from_instance = lambda row: f"{row.name}({row.unit.name})"
        fields["indicator"].label_from_instance = lambda row: f"{row.name}({row.unit_text})" if row.unit_text else row.name
        if not people:
            del fields["person"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("rule"):
            values["rule"] = Goal.Rule.SUM if values.get("indicator") else Goal.Rule.MILESTONES
        if values.get("indicator") is None:
            values["rule"] = Goal.Rule.MILESTONES
        values.setdefault("person", None)
        return values


class DiscussForm(forms.Form):
    on = date_field(_("讨论日期"), initial=today)
    note = forms.CharField(
        label=_("讨论情况"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("和谁讨论、有什么意见、怎样采纳。涉密不上网。"),
    )


class ApproveForm(forms.Form):
    meeting = forms.CharField(label=_("批准的会议"), max_length=120, help_text=_("如:2026年第3次班子会"))
    meeting_on = date_field(_("会议日期"), initial=today)


class ReviseForm(forms.Form):
    takes_effect = forms.ChoiceField(label=_("自何月起执行"), help_text=_("此前各月的目标和成绩不变"))
    reason = forms.CharField(label=_("调整原因"), max_length=300)

    def __init__(self, *args: Any, plan: GoalPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["takes_effect"].choices = [(month, month) for month in plan.months]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("原因"), max_length=300)


class AcceptForm(forms.Form):
    note = forms.CharField(label=_("意见"), max_length=300, required=False, help_text=_("可不填"))


class MilestoneForm(forms.Form):
    text = forms.CharField(label=_("节点"), max_length=200)
    due = date_field(_("期限"))
    share = NumberField(label=_("占比(%)"), help_text=_("都不填时平均"))

    def clean_share(self) -> Decimal:
        share = self.cleaned_data["share"] or Decimal(0)
        if not 0 <= share <= 100:
            raise ValidationError(_g("占比应在 0 到 100 之间。"))
        return share


class FinishForm(forms.Form):
    result = forms.CharField(label=_("完成情况"), max_length=300, help_text=_("用数说话"))


class CheckForm(forms.Form):
    """目标清单按阶段检查: both sides are said."""

    plan: Any = forms.ModelChoiceField(label=_("计划"), queryset=GoalPlan.objects.none(), empty_label=None)
    phase = forms.ChoiceField(label=_("阶段"))
    business = forms.CharField(label=_("业务目标检查意见"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text=SECRECY)
    party = forms.CharField(label=_("党建目标检查意见"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    verdict = forms.ChoiceField(label=_("结论"), choices=Check.Verdict.choices)

    def __init__(self, *args: Any, plans: Any, phases: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["plan"].queryset = plans
        fields["phase"].choices = [(phase, phase) for phase in phases]


class SplitForm(forms.Form):
    """How a goal is split: among which units, by which shares."""

    SHARES = (("equal", _("平均")), ("last_year", _("按上年实绩")), ("capacity", _("按能力(手填份额)")), ("hand", _("逐个手填")))

    track = forms.ChoiceField(label=_("分给谁"), required=False)
    shares = forms.ChoiceField(label=_("按什么分"), choices=SHARES, required=False)

    def __init__(self, *args: Any, tracks: Iterable[Track], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["track"].choices = [("", _("全部班站和组室")), *((row.code, row.name) for row in tracks)]  # type: ignore[attr-defined]


class MemberSplitForm(forms.Form):
    """By which shares a unit's goal goes to its members."""

    SHARES = (("equal", _("平均")), ("credit", _("按上年核实贡献")), ("capacity", _("按份额(手填)")))

    shares = forms.ChoiceField(label=_("按什么分"), choices=SHARES, required=False)


class PassForm(forms.Form):
    """To whom a member's part goes, and why."""

    to: Any = forms.ModelChoiceField(label=_("移交给"), queryset=Person.objects.none())
    note = forms.CharField(label=_("原因"), max_length=300)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]


class TaskForm(forms.Form):
    """A task for one member, that is no number."""

    person: Any = forms.ModelChoiceField(label=_("交给"), queryset=Person.objects.none())
    title = forms.CharField(label=_("任务"), max_length=120, help_text=_("如:党员承包井治理"))
    degree = forms.CharField(label=_("抓到什么程度"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}), help_text=SECRECY)
    due = date_field(_("期限"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


def read_numbers(data: Mapping[str, str], prefix: str) -> tuple[dict[str, Decimal | None], dict[str, str]]:
    """Return (name → number, name → what is wrong) of the fields that begin with a prefix, without it."""
    found: dict[str, Decimal | None] = {}
    wrong: dict[str, str] = {}
    for name, text in data.items():
        if not name.startswith(prefix):
            continue
        key = name[len(prefix) :]
        try:
            found[key] = read_number(text)
        except ValueError:
            wrong[key] = _g("「%(text)s」不是可用的数字。") % {"text": text[:20]}
    return found, wrong


class DimensionForm(forms.Form):
    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("名称"), max_length=30, required=False)
    side = forms.ChoiceField(label=_("党建或业务"), choices=Indicator.Side.choices, required=False)


DimensionFormSet = forms.formset_factory(DimensionForm, extra=1, max_num=12)
