"""Forms of 创效 and 项目组. People are offered from one list that is read once, however many fields choose from it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ronghe.common.calendar import today
from ronghe.common.forms import SECRECY, FilesField, area_text
from ronghe.goals.models import Goal
from ronghe.initiatives.actions import Part, Seat, Stage
from ronghe.initiatives.kinds import VERIFIER_KINDS
from ronghe.initiatives.models import Idea, Project, ProjectMember
from ronghe.org.forms import PersonField, date_field
from ronghe.org.models import Person, Unit

EVERY = ("", _("全部"))


def amount_field(label: Any, **extra: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=16, decimal_places=2, min_value=extra.pop("min_value", Decimal(0)), **extra)


class PeopleForm(forms.Form):
    """A form that offers people in each of its person fields."""

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in self.fields.values():
            if isinstance(one, PersonField):
                one.offer(people)


class IdeaForm(forms.Form):
    title = forms.CharField(label=_("一句话说清点子"), max_length=120, help_text=_("例:给 3 号计量间加保温套,冬天少放空两次"))
    problem = area_text(_("现在有什么问题,打算怎么做"), rows=4, help_text=SECRECY)
    kind = forms.ChoiceField(label=_("贡献类别"), choices=Idea.Kind.choices, widget=forms.RadioSelect)
    expected = amount_field(_("预计效益"), help_text=_("估个数就行,一年的;最后以经营核实的为准"))
    measure = forms.ChoiceField(label=_("计量单位"), choices=Idea.Measure.choices)
    measuring = forms.CharField(
        label=_("效益怎样计量"), max_length=500, help_text=_("看哪个数、和什么时候比。例:比去年同期少用的电量,看电表")
    )
    unit: Any = forms.ModelChoiceField(label=_("用在哪个单位"), queryset=Unit.objects.none(), empty_label=None)
    project: Any = forms.ModelChoiceField(label=_("项目组"), queryset=Project.objects.none(), required=False, empty_label=_("不属于项目组"))

    def __init__(self, *args: Any, units: Any, projects: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["project"].queryset = projects  # type: ignore[attr-defined]


class DecideForm(PeopleForm):
    owner = PersonField(label=_("谁来做"), required=False, help_text=_("采纳时必填"))
    due = date_field(_("何时完成"), required=False, help_text=_("采纳时必填"))
    note = area_text(_("意见"), rows=3, max_length=500, required=False, help_text=_("不采纳时必填,提出人会看到。涉密不上网。"))

    def check(self, *, accepting: bool) -> bool:
        """Add what the chosen verdict needs; tells whether all of it is there."""
        wanted = ("owner", "due") if accepting else ("note",)
        for name in wanted:
            if not self.errors.get(name) and not self.cleaned_data.get(name):
                self.add_error(name, _g("这一项请填写。"))
        return not self.errors


class ReasonForm(forms.Form):
    reason = area_text(_("原因"), rows=3, max_length=500, help_text=SECRECY)


class ReassignForm(PeopleForm):
    person = PersonField(label=_("改由谁办理"))
    note = forms.CharField(label=_("原因"), max_length=500)


class FinishForm(forms.Form):
    text = area_text(_("做了什么,结果怎样"), help_text=_("用数说话。涉密不上网。"))
    materials = FilesField(label=_("证明材料"))


class VerifyForm(forms.Form):
    benefit = amount_field(_("核实的效益"), required=False, help_text=_("可以和预计不同;没有效益填 0;退回时不填"))
    measured = area_text(_("怎样计量的"), rows=3, max_length=500, help_text=_("数据从哪里来、和什么比;退回时写明缺什么。涉密不上网。"))
    materials = FilesField(label=_("计量依据"), required=False)

    def check(self, *, verifying: bool) -> bool:
        """Add what a verification needs beside the words."""
        for name in ("benefit", "materials") if verifying else ():
            if not self.errors.get(name) and self.cleaned_data.get(name) in (None, []):
                self.add_error(name, _g("核实时这一项请填写。"))
        return not self.errors


class ShareForm(PeopleForm):
    person = PersonField(label=_("贡献人"), required=False)
    percent = forms.DecimalField(label=_("份额(%)"), max_digits=5, decimal_places=2, required=False)
    work = forms.CharField(label=_("做了什么"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        given = [bool(values.get("person")), values.get("percent") is not None, bool(values.get("work"))]
        if any(given) and not all(given) and not self.errors:
            raise ValidationError(_g("一行要写全:谁、多少、做了什么;不用的行请清空。"))
        return values


class SeatForm(PeopleForm):
    person = PersonField(label=_("成员"), required=False)
    role = forms.ChoiceField(label=_("角色"), choices=[one for one in ProjectMember.Role.choices if one[0] != "head"], initial="member")
    duty = forms.CharField(label=_("分工"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if bool(values.get("person")) != bool(values.get("duty")) and not self.errors:
            raise ValidationError(_g("成员和分工要写全;不用的行请清空。"))
        return values


class JoinForm(SeatForm):
    since = date_field(_("自何日起"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].required = self.fields["duty"].required = True


class ChangeSeatForm(forms.Form):
    role = forms.ChoiceField(label=_("角色"), choices=ProjectMember.Role.choices)
    duty = forms.CharField(label=_("分工"), max_length=200)
    since = date_field(_("自何日起"), help_text=_("此前的分工和起止保留"))

    def __init__(self, *args: Any, head: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = [one for one in ProjectMember.Role.choices if (one[0] == "head") == head]
        self.fields["role"].choices = kept  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    on = date_field(_("最后一天"), initial=today, help_text=_("参加过的时间和贡献保留"))


class HeadForm(PeopleForm):
    person = PersonField(label=_("新组长"))
    stays = forms.BooleanField(label=_("原组长留在组里当成员"), required=False, help_text=_("不留的,他没完成的里程碑由新组长负责"))
    since = date_field(_("自何日起"))


class StageForm(PeopleForm):
    text = forms.CharField(label=_("里程碑"), max_length=200, required=False)
    due = date_field(_("期限"), required=False)
    owner = PersonField(label=_("责任人"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        given = [bool(values.get(name)) for name in ("text", "due", "owner")]
        if any(given) and not all(given) and not self.errors:
            raise ValidationError(_g("里程碑、期限、责任人要写全;不用的行请清空。"))
        return values


class NewStageForm(StageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("text", "due", "owner"):
            self.fields[name].required = True


class MoveStageForm(PeopleForm):
    owner = PersonField(label=_("责任人"))
    due = date_field(_("期限"))
    reason = forms.CharField(label=_("调整的原因"), max_length=300)


def build_rows(form: type[forms.Form], prefix: str, data: Any, people: list[Person], *, rows: int, typed: Any = None) -> Any:
    """Return a formset: as posted, or `typed` rows (or `rows` empty ones) to fill."""
    empty: list[dict[str, Any]] = [{} for _row in range(rows)]
    made: Any = formset_factory(form, extra=0, max_num=30)
    return made(data, initial=None if data else (typed if typed is not None else empty), prefix=prefix, form_kwargs={"people": people})


def copy_rows(form: type[forms.Form], prefix: str, data: Any, people: list[Person], *, more: int) -> Any:
    """Return the rows as typed, with some empty ones more."""
    total = data.get(f"{prefix}-TOTAL_FORMS", "0")
    count = min(int(total) if total.isascii() and total.isdigit() else 0, 30)
    typed = [{name: data.get(f"{prefix}-{n}-{name}", "") for name in form.base_fields} for n in range(count)]  # type: ignore[attr-defined]
    return build_rows(form, prefix, None, people, rows=0, typed=[*typed, *({} for _row in range(more))])


def read_parts(rows: Any) -> list[Part]:
    return [Part(one["person"], one["percent"], one["work"]) for one in rows.cleaned_data if one.get("person")]


def read_seats(rows: Any) -> list[Seat]:
    return [Seat(one["person"], one["role"], one["duty"]) for one in rows.cleaned_data if one.get("person")]


def read_stages(rows: Any) -> list[Stage]:
    return [Stage(one["text"], one["due"], one["owner"]) for one in rows.cleaned_data if one.get("text")]


class IdeaFilter(forms.Form):
    text = forms.CharField(label=_("编号、标题或问题"), required=False, max_length=50)
    scope = forms.ChoiceField(label=_("范围"), required=False, choices=[EVERY, ("waiting", _("等我办的")), ("mine", _("我提的、我做的"))])
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[EVERY, ("live", _("未办结")), ("counted", _("有核实效益")), *Idea.State.choices]
    )
    kind = forms.ChoiceField(label=_("贡献类别"), required=False, choices=[EVERY, *Idea.Kind.choices])
    unit = forms.ChoiceField(label=_("单位"), required=False)
    late = forms.ChoiceField(label=_("逾期"), required=False, choices=[EVERY, ("1", _("只看逾期"))])

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [EVERY, *((str(pk), name) for pk, name in units)]  # type: ignore[attr-defined]


class TermsForm(forms.Form):
    decide_days = forms.IntegerField(label=_("受理期限(工作日)"), min_value=1, max_value=60)
    raise_days = forms.IntegerField(label=_("逾期后每隔几个工作日上报一级"), min_value=1, max_value=60)
    verify_days = forms.IntegerField(label=_("效益核实期限(工作日)"), min_value=1, max_value=120)
    share_days = forms.IntegerField(label=_("商定份额期限(工作日)"), min_value=1, max_value=120)
    verifier_kind = forms.ChoiceField(
        label=_("效益核实人"), choices=list(VERIFIER_KINDS.items()), help_text=_("与建议有关的人自动回避,由下一位核实")
    )
    basis = forms.CharField(label=_("依据"), max_length=300)


class ProjectForm(PeopleForm):
    name = forms.CharField(label=_("名称"), max_length=80)
    purpose = area_text(_("解决什么问题"), rows=3, max_length=1000, help_text=SECRECY)
    head = PersonField(label=_("组长"))
    measure = forms.CharField(label=_("目标指标"), max_length=60, help_text=_("例:检泵作业减少井次"))
    target = amount_field(_("目标值"), min_value=Decimal("0.01"))
    unit_name = forms.CharField(label=_("计量单位"), max_length=20)
    starts_on = date_field(pgettext_lazy("date", "起"))
    ends_on = date_field(_("止"))
    goal: Any = forms.ModelChoiceField(
        label=_("服务的目标"), queryset=Goal.objects.none(), required=False, empty_label=_("不对应某一个目标")
    )
    basis = forms.CharField(label=_("依据"), max_length=300, required=False)

    def __init__(self, *args: Any, goals: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, people=people, **kwargs)
        self.fields["goal"].queryset = goals  # type: ignore[attr-defined]
        self.fields["goal"].label_from_instance = lambda row: f"{row.unit.name} {row.title}" if row.unit else row.title  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    month = forms.CharField(label=_("月份"), widget=forms.TextInput(attrs={"type": "month"}), max_length=7, min_length=7)
    value = forms.DecimalField(label=_("累计完成"), max_digits=16, decimal_places=2)
    text = area_text(_("本月做了什么、下月做什么"), rows=2, max_length=500, help_text=SECRECY)


class StepResultForm(forms.Form):
    result = forms.CharField(label=_("结果"), max_length=300, help_text=_("做到了什么,资料在哪里"))


class HandInForm(forms.Form):
    reached = forms.DecimalField(label=_("完成值"), max_digits=16, decimal_places=2)
    result = area_text(_("成果"), rows=4, help_text=SECRECY)

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in members:
            label = _g("%(name)s 的贡献") % {"name": line.name}
            self.fields[f"m{line.pk}"] = forms.CharField(label=label, max_length=300, help_text=line.duty)

    def read_contributions(self) -> dict[int, str]:
        return {int(name[1:]): text for name, text in self.cleaned_data.items() if name.startswith("m") and name[1:].isdigit()}


class ReviewForm(forms.Form):
    note = area_text(_("验收意见"), rows=3, max_length=500, required=False, help_text=_("退回时必填。涉密不上网。"))


class ProjectFilter(forms.Form):
    scope = forms.ChoiceField(label=_("范围"), required=False, choices=[EVERY, ("mine", _("我参加的"))])
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[EVERY, *Project.State.choices])
