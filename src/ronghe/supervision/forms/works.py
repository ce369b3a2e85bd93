"""Forms of works and of the editor of their types."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ronghe.common.calendar import today
from ronghe.common.forms import SECRECY
from ronghe.common.language import find_word
from ronghe.org.forms import date_field
from ronghe.org.models import Person, Unit
from ronghe.rectification.forms import FilesField, PersonField, area_text
from ronghe.supervision.rules.works import BadLine, read_fields_text, read_roles_text


class StartForm(forms.Form):
    """A work: what, where, and who is in each role of its type."""

    name = forms.CharField(label=_("工程名称"), max_length=80)
    purpose = area_text(_("内容和目标"), rows=3, max_length=500, help_text=SECRECY)
    unit: Any = forms.ModelChoiceField(label=_("所在单位"), queryset=Unit.objects.none())
    amount = forms.DecimalField(label=_("金额(万元)"), max_digits=12, decimal_places=2, min_value=0, required=False)
    starts_on = date_field(_("开始日期"), initial=today)

    def __init__(self, *args: Any, units: Any, people: Iterable[Person], roles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.roles = roles
        people = list(people)
        for code, name in roles:
            field = PersonField(label=name)
            field.offer(people)
            self.fields[f"role_{code}"] = field

    def read_people(self) -> dict[str, Person]:
        return {code: self.cleaned_data[f"role_{code}"] for code, _name in self.roles if self.cleaned_data.get(f"role_{code}")}


class ProofForm(forms.Form):
    materials = FilesField(label=_("佐证材料"), required=False, help_text=SECRECY)


class VerdictForm(forms.Form):
    note = forms.CharField(
        label=_("核验意见"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("退回时必填。涉密不上网。"),
    )


class GroundForm(forms.Form):
    ground = forms.CharField(label=_("叫停理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=SECRECY)


class CureForm(forms.Form):
    cure = forms.CharField(label=_("整改情况"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=SECRECY)


class TypeForm(forms.Form):
    name = forms.CharField(label=_("类型"), max_length=40)
    basis = forms.CharField(label=_("依据"), max_length=300)


class RolesForm(forms.Form):
    roles = forms.CharField(
        label=_("角色"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一行一个,第一个是工程负责人;增加写在最后,已经用在表单里的不要调换次序。涉密不上网。"),
    )

    def clean_roles(self) -> list[list[str]]:
        return read_roles_text(self.cleaned_data["roles"])


class StageForm(forms.Form):
    name = forms.CharField(label=_("阶段"), max_length=40)
    days = forms.IntegerField(label=_("计划天数"), min_value=1, max_value=730)


class FormForm(forms.Form):
    name = forms.CharField(label=_("表单"), max_length=60)
    fill = forms.ChoiceField(label=_("谁填报"))
    check = forms.ChoiceField(label=_("谁核验"), help_text=_("不能与填报的相同"))
    proof = forms.BooleanField(label=_("须附佐证材料"), required=False)
    fields_text = forms.CharField(
        label=_("栏目"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "一行一栏:名称 | 类型 | 必填 | 选项。类型有 一行文字、多行文字、数、日期、是否、选择、小标题;选项用顿号隔开。涉密不上网。"
        ),
    )

    def __init__(self, *args: Any, roles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("fill", "check"):
            self.fields[name].choices = roles  # type: ignore[attr-defined]

    def clean_fields_text(self) -> list[list[Any]]:
        try:
            return read_fields_text(self.cleaned_data["fields_text"], find_word)
        except BadLine as problem:
            raise ValidationError(str(problem)) from problem

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("fill") and values.get("fill") == values.get("check"):
            self.add_error("check", _("填报人和核验人不能是同一个角色。"))
        return values


class WorkFilter(forms.Form):
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            ("", _("未完成")), ("mine", _("与我有关的")), ("stopped", _("已叫停")), ("done", _("已完成")), ("all", _("全部")),
        ],
    )  # fmt: skip
    unit = forms.ChoiceField(label=_("所在单位"), required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("全部")), *((str(pk), name) for pk, name in units)]  # type: ignore[attr-defined]
