"""Forms of 档案."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.archive.models import Register
from ronghe.common.calendar import today
from ronghe.common.forms import SECRECY, area_text
from ronghe.common.papers import sources
from ronghe.org.models import Person, Unit


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def year_choices() -> list[tuple[str, Any]]:
    return [("", _("全部年度")), *((str(year), str(year)) for year in range(today().year, today().year - 6, -1))]


class DispatchFilter(forms.Form):
    q = forms.CharField(label=_("标题、文号或单位"), max_length=60, required=False)
    direction = forms.ChoiceField(label=_("收文或发文"), choices=[("", _("全部")), *Register.Direction.choices], required=False)
    year = forms.ChoiceField(label=_("年度"), choices=year_choices, required=False)


class DispatchForm(forms.Form):
    register = forms.ModelChoiceField(label=_("登记簿"), queryset=Register.objects.none())
    title = forms.CharField(label=_("标题"), max_length=200, help_text=SECRECY)
    other_side = forms.CharField(label=_("来文单位或主送单位"), max_length=120)
    their_number = forms.CharField(label=_("来文字号"), max_length=60, required=False, help_text=_("发文不填"))
    day = forms.DateField(label=_("收发日期"), widget=day_input())
    handler = forms.ModelChoiceField(
        label=_("承办人"), queryset=Person.objects.none(), required=False, help_text=_("要办理的收文才填;填了就进他的待办")
    )
    due = forms.DateField(label=_("办理期限"), widget=day_input(), required=False)

    def __init__(self, *args: Any, area_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        registers: Any = self.fields["register"]
        registers.queryset = Register.objects.filter(area_id=area_id, retired_on=None)
        handlers: Any = self.fields["handler"]
        handlers.queryset = Person.objects.filter(area_id=area_id, left_on=None, user__is_active=True).order_by("sort_key")


class ResultForm(forms.Form):
    result = area_text(_("办理结果"), rows=3, max_length=500, help_text=SECRECY)


class VoidForm(forms.Form):
    reason = area_text(_("作废的理由"), rows=2, max_length=500, help_text=SECRECY)


class RegisterForm(forms.Form):
    direction = forms.ChoiceField(label=_("收文或发文"), choices=Register.Direction.choices)
    name = forms.CharField(label=_("登记簿名称"), max_length=40, help_text=_("如 党支部发文。%(secrecy)s") % {"secrecy": SECRECY})
    code = forms.CharField(label=_("机关代字"), max_length=20, help_text=_("文号的开头,如 采一党,写成 采一党〔2026〕1号"))


class FolderForm(forms.Form):
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)


class TermForm(forms.Form):
    years = forms.TypedChoiceField(
        label=_("保管期限"), choices=[("", _("永久")), ("30", _("30年")), ("10", _("10年"))], coerce=int, empty_value=None, required=False
    )
    basis = forms.CharField(label=_("依据"), max_length=300, help_text=_("写文件名称和条款。%(secrecy)s") % {"secrecy": SECRECY})


class TopicForm(forms.Form):
    name = forms.CharField(label=_("专题"), max_length=40)
    kinds = forms.MultipleChoiceField(label=_("收哪些材料"), widget=forms.CheckboxSelectMultiple)
    basis = forms.CharField(label=_("依据"), max_length=300, help_text=SECRECY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kinds"]
        field.choices = [(kind, source.title) for kind, source in sources.items()]


class PackForm(forms.Form):
    title = forms.CharField(label=_("哪次检查"), max_length=80, help_text=_("如 上级党委年度考核。%(secrecy)s") % {"secrecy": SECRECY})
    year = forms.TypedChoiceField(label=_("年度"), coerce=int)
    topics = forms.MultipleChoiceField(label=_("专题"), widget=forms.CheckboxSelectMultiple)
    units: Any = forms.ModelMultipleChoiceField(
        label=_("单位"),
        queryset=Unit.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("不选就是您有权查看的全部"),
    )

    def __init__(self, *args: Any, area_id: int, topics: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years: Any = self.fields["year"]
        years.choices = [(str(year), str(year)) for year in range(today().year, today().year - 6, -1)]
        chosen: Any = self.fields["topics"]
        chosen.choices = topics
        units: Any = self.fields["units"]
        units.queryset = Unit.objects.without_tree_fields().filter(area_id=area_id).exclude(pk=area_id).order_by("order", "code")
