"""Forms of the 监督清单, of a check and of the log."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from ronghe.common.forms import SECRECY
from ronghe.org.forms import date_field
from ronghe.org.models import Person, Unit
from ronghe.rectification.forms import PersonField, area_text
from ronghe.supervision.models.checks import SUPERVISED, SUPERVISORS, Check, LogEntry
from ronghe.worklist.forms import ItemForm as GuideItemForm
from ronghe.worklist.rules.recurrence import BadRule, Pattern, read_pattern, write_rule

OFTEN = ("every", "month_in", "day", "nth", "weekday", "rule", "shift")


class OftenForm(forms.Form):
    """How often, asked as the guides ask it: in plain words that become an RRULE."""

    every = deepcopy(GuideItemForm.base_fields["every"])
    month_in = deepcopy(GuideItemForm.base_fields["month_in"])
    day = deepcopy(GuideItemForm.base_fields["day"])
    nth = deepcopy(GuideItemForm.base_fields["nth"])
    weekday = deepcopy(GuideItemForm.base_fields["weekday"])
    rule = deepcopy(GuideItemForm.base_fields["rule"])
    shift = deepcopy(GuideItemForm.base_fields["shift"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("every") and values["every"] != "rule":
            number = lambda name, usual=0: int(values.get(name) or usual)  # noqa: E731
            try:
                values["rule"] = write_rule(
                    Pattern(values["every"], number("day"), number("weekday", -1), number("nth"), number("month_in"))
                )
            except BadRule as problem:
                self.add_error("every", str(problem))
        return values

    def read(self, names: Iterable[str]) -> dict[str, Any]:
        """Return the values that a row keeps."""
        return {name: self.cleaned_data[name] for name in (*names, "rule", "shift")}


def often_initial(rule: str, shift: str) -> dict[str, Any]:
    """Return what the form shows of a rule."""
    pattern = read_pattern(rule)
    if pattern is None:
        return {"every": "rule", "rule": rule, "shift": shift}
    return {
        "every": pattern.every,
        "month_in": pattern.month or None,
        "day": str(pattern.day) if pattern.day and not pattern.nth else "",
        "nth": str(pattern.nth) if pattern.nth else "",
        "weekday": str(pattern.weekday) if pattern.weekday >= 0 else "",
        "shift": shift,
    }


class LineForm(OftenForm):
    business = forms.CharField(label=_("业务"), max_length=30, help_text=_("如 物资采购、外委施工、车辆使用"))
    what = forms.CharField(label=_("监督什么"), max_length=200)
    risk = forms.CharField(label=_("风险"), max_length=200)
    supervised = forms.ChoiceField(label=_("监督谁"), choices=SUPERVISED)
    supervisor = forms.ChoiceField(label=_("谁来监督"), choices=SUPERVISORS, help_text=_("不能与被监督的岗位相同"))
    per_unit = forms.BooleanField(label=_("每个班站、组室各查一次"), required=False)
    method = forms.CharField(label=_("怎么监督"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text=SECRECY)
    basis = forms.CharField(label=_("依据"), max_length=300)
    reason = forms.CharField(label=_("修改理由"), max_length=200, required=False)
    NAMES = ("business", "what", "risk", "supervised", "supervisor", "per_unit", "method", "basis")
    field_order = ["business", "what", "risk", "supervised", "supervisor", "per_unit", *OFTEN, "method", "basis", "reason"]


class CheckForm(forms.Form):
    text = forms.CharField(label=_("看了什么、结果怎样"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=SECRECY)
    result = forms.ChoiceField(
        label=_("结果"), choices=[("clean", _("未发现问题")), ("found", _("发现问题"))], widget=forms.RadioSelect, initial="clean"
    )
    title = forms.CharField(label=_("问题"), max_length=120, required=False, help_text=_("发现问题的,一句话说清"))
    problem = area_text(_("具体情况"), rows=3, max_length=1000, required=False)
    fix = forms.CharField(label=_("当场怎么纠正的"), max_length=300, required=False, help_text=_("当场改好的写在这里,不转整改"))
    owner = PersonField(label=_("整改责任人"), required=False, empty=_("不转整改"))
    due = date_field(_("整改期限"), required=False, help_text=_("留空按来源的规定"))

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(people)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("result") == "found":
            for name in ("title", "problem"):
                if not (values.get(name) or "").strip():
                    self.add_error(name, _g("发现问题的,请填写。"))
            if not (values.get("fix") or "").strip() and not values.get("owner"):
                self.add_error("owner", _g("请写当场怎么纠正的,或指定整改责任人。"))
        return values


class FindingForm(CheckForm):
    text = None  # type: ignore[assignment]
    result = None  # type: ignore[assignment]
    unit: Any = forms.ModelChoiceField(label=_("单位"), queryset=Unit.objects.none())
    business = forms.CharField(label=_("业务"), max_length=30)
    title = forms.CharField(label=_("问题"), max_length=120, help_text=_("一句话说清"))
    problem = area_text(_("具体情况"), rows=3, max_length=1000, help_text=SECRECY)
    field_order = ["unit", "business", "title", "problem", "fix", "owner", "due"]

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = forms.Form.clean(self) or {}
        if not (values.get("fix") or "").strip() and not values.get("owner"):
            self.add_error("owner", _g("请写当场怎么纠正的,或指定整改责任人。"))
        return values


class CheckFilter(forms.Form):
    scope = forms.ChoiceField(label=_("范围"), required=False, choices=[("", _("全部")), ("mine", _("我检查的"))])
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            ("", _("待检查")),
            ("soon", _("7 天内到期")),
            ("late", _("已逾期")),
            *((k, v) for k, v in Check.State.choices if k != "due"),
            ("all", _("全部")),
        ],
    )
    unit = forms.ChoiceField(label=_("单位"), required=False)
    business = forms.ChoiceField(label=_("业务"), required=False)

    def __init__(self, *args: Any, units: Any, businesses: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = ("", _("全部"))
        self.fields["unit"].choices = [every, *((str(pk), name) for pk, name in units)]  # type: ignore[attr-defined]
        self.fields["business"].choices = [every, *((one, one) for one in businesses)]  # type: ignore[attr-defined]


class LogForm(forms.Form):
    unit: Any = forms.ModelChoiceField(label=_("单位"), queryset=Unit.objects.none())
    day = date_field(_("日期"))
    kind = forms.ChoiceField(label=_("类别"), choices=LogEntry.Kind, help_text=_("约谈提醒是组织的提醒,不是处分,不计入问责率"))
    business = forms.CharField(label=_("业务"), max_length=30)
    text = forms.CharField(
        label=_("做了什么、结果怎样"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("正文不写姓名,涉及的人在下面选。涉密不上网。"),
    )
    people: Any = forms.ModelMultipleChoiceField(
        label=_("涉及人员"),
        queryset=Person.objects.none(),
        required=False,
        help_text=_("只有纪检小组、书记、纪检委员能看,每次查看都有记录"),
    )
    count = forms.IntegerField(label=_("涉及人数"), min_value=0, max_value=999, required=False, help_text=_("选了人员的可以不填"))

    def __init__(self, *args: Any, units: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["people"].queryset = people  # type: ignore[attr-defined]

    def clean_count(self) -> int:
        return int(self.cleaned_data.get("count") or 0)


class NamesForm(forms.Form):
    reason = forms.CharField(label=_("查看理由"), max_length=200, help_text=_("查看人、时间和理由都会记下来。涉密不上网。"))
