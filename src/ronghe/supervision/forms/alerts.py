"""Forms of 预警."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.common.forms import SECRECY
from ronghe.common.registry import gauges
from ronghe.org.forms import date_field
from ronghe.org.models import Person
from ronghe.rectification.forms import PersonField, area_text
from ronghe.supervision.models.alerts import Alert, AlertRule
from ronghe.supervision.models.checks import SUPERVISORS


class RuleForm(forms.Form):
    name = forms.CharField(label=_("规则"), max_length=60)
    gauge = forms.ChoiceField(label=_("看什么数"))
    subject = forms.CharField(label=_("对象"), max_length=60, required=False)
    direction = forms.ChoiceField(label=_("条件"), choices=AlertRule.Direction)
    limit = forms.DecimalField(label=_("限值"), max_digits=12, decimal_places=2)
    window = forms.IntegerField(label=_("看多久(天)"), min_value=1, max_value=730, initial=90)
    owner_kind = forms.ChoiceField(label=_("谁来处置"), choices=SUPERVISORS)
    days = forms.IntegerField(label=_("处置期限(工作日)"), min_value=1, max_value=60, initial=3)
    quiet_days = forms.IntegerField(label=_("处置后多少天内不重复"), min_value=0, max_value=365, initial=30)
    basis = forms.CharField(label=_("依据"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gauge"].choices = [(code, f"{one.name}({one.measure})") for code, one in gauges.items()]  # type: ignore[attr-defined]
        hints = [f"{one.name}:{one.subject_hint}" for _code, one in gauges.items() if one.subject_hint]
        self.fields["subject"].help_text = ";".join([*hints, str(_("其他留空"))])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("gauge") == "figure" and not values.get("subject", "").strip():
            self.add_error("subject", _("请写看哪个指标(编码)。"))
        return values


class OnePersonForm(forms.Form):
    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = list(people)
        for field in self.fields.values():
            if isinstance(field, PersonField):
                field.offer(people)


class TaskForm(OnePersonForm):
    note = forms.CharField(label=_("要办什么"), max_length=150, help_text=SECRECY)
    assignee = PersonField(label=_("任务责任人"))
    due = date_field(_("期限"))


class CureForm(OnePersonForm):
    owner = PersonField(label=_("整改责任人"))
    due = date_field(_("整改期限"), required=False, help_text=_("留空按来源的规定"))
    note = forms.CharField(label=_("补充说明"), max_length=200, required=False, help_text=SECRECY)


class FollowForm(OnePersonForm):
    demand = area_text(_("办到什么程度"), rows=3, max_length=1000, help_text=SECRECY)
    owner = PersonField(label=_("责任人"))
    due = date_field(_("期限"))


class AlertFilter(forms.Form):
    state = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[("", _("未了")), ("mine", _("等我办的")), *Alert.State.choices, ("all", _("全部"))],
    )  # fmt: skip
    unit = forms.ChoiceField(label=_("单位"), required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("全部")), *((str(pk), name) for pk, name in units)]  # type: ignore[attr-defined]
