"""Forms of 整改. People are offered from one list that is read once, however many fields choose from it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from ronghe.common.forms import SECRECY, FilesField, area_text
from ronghe.org.forms import PersonField, date_field
from ronghe.org.models import Person, Unit
from ronghe.rectification.actions import Planned
from ronghe.rectification.kinds import SourceRule
from ronghe.rectification.models import Item, Measure, Subject


class ItemForm(forms.Form):
    title = forms.CharField(label=_("标题"), max_length=120, help_text=_("一句话说清是什么问题"))
    problem = area_text(_("问题"), help_text=SECRECY)
    source = forms.ChoiceField(label=_("来源"))
    unit: Any = forms.ModelChoiceField(label=_("责任单位"), queryset=Unit.objects.none())
    owner = PersonField(label=_("责任人"))
    verifier = PersonField(label=_("验证人"), required=False, empty=_("由纪检小组验证"), help_text=_("不能是责任人本人"))
    due = date_field(_("整改期限"))
    subject = forms.ChoiceField(
        label=_("领域"),
        required=False,
        choices=[("", _("按内容判断")), *Subject.choices, ("other", _("其他"))],
        help_text=_("安全、环保、质量问题须查清原因、改好清单才能销号"),
    )
    cause = area_text(_("原因"), rows=2, required=False, help_text=_("还不清楚的,由责任人制定方案时填写"))
    watch_days = forms.IntegerField(
        label=_("观察期(天)"),
        required=False,
        min_value=0,
        max_value=730,
        help_text=_("销号后同一问题在观察期内再现,按“重复发生”重新打开;留空按来源的规定"),
    )

    def __init__(self, *args: Any, units: Any, people: Iterable[Person], sources: list[SourceRule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["source"].choices = [(rule.code, rule.name) for rule in sources]  # type: ignore[attr-defined]
        for name in ("owner", "verifier"):
            self.fields[name].offer(people)  # type: ignore[attr-defined]


class MeasureForm(forms.Form):
    text = forms.CharField(label=_("措施"), max_length=300, required=False)
    responsible = PersonField(label=_("落实人"), required=False, empty=_("责任人本人"))
    due = date_field(_("期限"), required=False)

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].offer(people)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("text") and (values.get("responsible") or values.get("due")):
            self.add_error("text", _g("请写明措施,或清空这一行。"))
        return values


MeasureFormSet = formset_factory(MeasureForm, extra=0, max_num=30)


def build_measures(data: Any, people: list[Person], *, rows: int) -> Any:
    """Return the rows for measures: as posted, or `rows` empty ones."""
    empty: list[dict[str, Any]] = [{} for _row in range(rows)]
    return MeasureFormSet(data, initial=None if data else empty, prefix="m", form_kwargs={"people": people})


def read_measures(formset: Any) -> list[Planned]:
    """Return the rows that were filled."""
    return [Planned(one["text"], one["responsible"], one["due"]) for one in formset.cleaned_data if one.get("text")]


class PlanForm(forms.Form):
    cause = area_text(_("原因"), rows=3, help_text=SECRECY)


class ProofForm(forms.Form):
    text = area_text(_("整改情况"), help_text=_("做了什么、结果怎样;用数说话。涉密不上网。"))
    materials = FilesField(label=_("证明材料"))


class VerifyForm(forms.Form):
    note = forms.CharField(
        label=_("验证意见"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("退回时必填。涉密不上网。"),
    )
    due = date_field(_("退回后重做期限"), required=False, help_text=_("只在退回时用;留空按规定天数"))


class MoveForm(forms.Form):
    measure = forms.ModelChoiceField(label=_("延期对象"), queryset=Measure.objects.none(), required=False, empty_label=_("整个整改项"))
    new_due = date_field(_("新的期限"))
    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=SECRECY)

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].queryset = Measure.objects.filter(item=item, done_on=None)  # type: ignore[attr-defined]
        self.fields["measure"].label_from_instance = lambda row: f"{row.text}({row.due})"  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=SECRECY)


class DecideForm(forms.Form):
    note = forms.CharField(label=_("意见"), max_length=500, required=False, help_text=_("不批准时必填"))


class ReopenForm(forms.Form):
    reason = area_text(_("这次发现的情况"), rows=3, help_text=SECRECY)
    owner = PersonField(label=_("责任人"))
    due = date_field(_("整改期限"))

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(people)  # type: ignore[attr-defined]


class ReassignForm(forms.Form):
    owner = PersonField(label=_("新的责任人"), required=False, empty=_("不变"))
    verifier = PersonField(label=_("新的验证人"), required=False, empty=_("不变"))
    note = forms.CharField(label=_("原因"), max_length=500)

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("owner", "verifier"):
            self.fields[name].offer(people)  # type: ignore[attr-defined]


class BatchReassignForm(ReassignForm):
    owner = PersonField(label=_("新的责任人"))
    verifier = None  # type: ignore[assignment]

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        forms.Form.__init__(self, *args, **kwargs)
        self.fields["owner"].offer(people)  # type: ignore[attr-defined]


class ItemFilter(forms.Form):
    scope = forms.ChoiceField(
        label=_("范围"),
        required=False,
        choices=[("", _("全部")), ("mine", _("等我办的")), ("owned", _("我负责的")), ("verified", _("我验证的"))],
    )
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("未办结")), *Item.State.choices, ("again", _("第二次及以上")), ("all", _("全部"))]
    )
    light = forms.ChoiceField(
        label=_("灯"), required=False, choices=[("", _("全部")), ("r", _("红灯")), ("y", _("黄灯")), ("g", _("绿灯"))]
    )
    source = forms.ChoiceField(label=_("来源"), required=False)
    unit = forms.ChoiceField(label=_("责任单位"), required=False)
    owner = forms.ChoiceField(label=_("责任人"), required=False)
    text = forms.CharField(label=_("编号、标题或问题"), required=False, max_length=50)

    def __init__(self, *args: Any, units: Any, owners: Any, sources: list[SourceRule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = ("", _("全部"))
        self.fields["source"].choices = [every, *((rule.code, rule.name) for rule in sources)]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [every, *((str(pk), name) for pk, name in units)]  # type: ignore[attr-defined]
        self.fields["owner"].choices = [every, *((str(pk), name) for pk, name in owners)]  # type: ignore[attr-defined]


class SourceForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=30)
    basis = forms.CharField(label=_("依据"), max_length=300, required=False)
    cure_days = forms.IntegerField(label=_("整改期限(天)"), min_value=1, max_value=730)
    plan_days = forms.IntegerField(label=_("制定方案(工作日)"), min_value=0, max_value=60)
    verify_days = forms.IntegerField(label=_("验证(工作日)"), min_value=1, max_value=60)
    redo_days = forms.IntegerField(label=_("退回后重做(工作日)"), min_value=1, max_value=60)
    watch_days = forms.IntegerField(label=_("观察期(天)"), min_value=0, max_value=730)
