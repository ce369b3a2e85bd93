"""Forms of the month's list, the guides and the calendar."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.common.forms import SECRECY
from ronghe.org.forms import date_field
from ronghe.org.kinds import POST_TITLES
from ronghe.org.models import Person, Unit
from ronghe.worklist.models import GuideItem, Task
from ronghe.worklist.models.guides import GUIDED
from ronghe.worklist.rules.recurrence import WEEKDAY_WORDS, BadRule, Pattern, read_pattern, write_rule
from ronghe.worklist.sources import Feed


def reason_field(label: Any = None) -> forms.CharField:
    return forms.CharField(label=label or _("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text=SECRECY)


class FinishForm(forms.Form):
    line = forms.CharField(label=_("办理情况"), max_length=300, required=False, help_text=SECRECY)
    photo = forms.FileField(label=_("照片"), required=False, help_text=_("自己选一张能说明问题的;不要求人像、不记位置"))

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if task.asks != Task.Asks.PHOTO:
            del self.fields["photo"]
        if task.asks == Task.Asks.NONE:
            self.fields["line"].label = _("办理情况(可不填)")


class MoveForm(forms.Form):
    due = date_field(_("新的日期"))
    reason = reason_field()


class OfferForm(forms.Form):
    to: Any = forms.ModelChoiceField(label=_("转给谁"), queryset=Person.objects.none())
    reason = reason_field()

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]
        self.fields["to"].label_from_instance = lambda row: f"{row.name}({row.unit.name})"  # type: ignore[attr-defined]


class RefuseForm(forms.Form):
    reason = reason_field(_("为什么不能办"))


class AnswerForm(forms.Form):
    how = forms.ChoiceField(label=_("怎么处理"), choices=[("back", _("发回,继续办")), ("drop", _("不再需要"))])
    note = reason_field(_("答复"))


class GuideForm(forms.Form):
    title = forms.CharField(label=_("名称"), max_length=60)
    kind = forms.ChoiceField(label=_("岗位"), choices=[(kind, POST_TITLES[kind]) for kind in GUIDED])
    basis = forms.CharField(label=_("依据"), max_length=300)


class RetireForm(forms.Form):
    month = forms.ChoiceField(label=_("从哪个月起"))
    reason = reason_field(_("为什么停用"))

    def __init__(self, *args: Any, months: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = [(month, month) for month in months]  # type: ignore[attr-defined]


class ItemForm(forms.Form):
    """An item: 干什么、怎么干、什么时候干. The date is asked in plain words and becomes an RRULE; a rule of another shape is kept as text."""

    category = forms.CharField(label=_("类别"), max_length=30)
    name = forms.CharField(label=_("事项"), max_length=60)
    what = forms.CharField(label=_("干什么"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    steps = forms.CharField(
        label=_("怎么干"), max_length=1500, widget=forms.Textarea(attrs={"rows": 5}), help_text=_("一行一步。涉密不上网。")
    )
    every = forms.ChoiceField(
        label=_("多久一次"),
        choices=[
            ("month", _("每月")), ("week", _("每周")), ("quarter", _("每季度")), ("half", _("每半年")), ("year", _("每年")), ("rule", _("按规则(RRULE)")),
        ],
    )  # fmt: skip
    month_in = forms.IntegerField(
        label=_("第几个月"), min_value=1, max_value=12, required=False, help_text=_("每季度 1–3,每半年 1–6,每年 1–12")
    )
    day = forms.ChoiceField(
        label=_("几号"), required=False, choices=[("", "---------"), *((str(n), str(n)) for n in range(1, 32)), ("-1", _("最后一天"))]
    )
    nth = forms.ChoiceField(
        label=_("或第几个星期"),
        required=False,
        choices=[("", "---------"), *((str(n), _("第 %d 个") % n) for n in range(1, 5)), ("-1", _("最后一个"))],
    )
    weekday = forms.ChoiceField(
        label=_("星期"), required=False, choices=[("", "---------"), *((str(n), word) for n, word in enumerate(WEEKDAY_WORDS))]
    )
    rule = forms.CharField(
        label=_("规则"), max_length=120, required=False, help_text=_("只在选“按规则”时用,如 FREQ=MONTHLY;BYMONTHDAY=5,20")
    )
    shift = forms.ChoiceField(label=_("遇休息日"), choices=GuideItem.Shift.choices, initial=GuideItem.Shift.AFTER)
    asks = forms.ChoiceField(label=_("佐证"), choices=Task.Asks.choices, help_text=_("能不要就不要"))
    feeds = forms.ChoiceField(label=_("用到哪里"), required=False, help_text=_("没有用处的事项会在“减负”页列出来"))
    basis = forms.CharField(label=_("依据"), max_length=300)
    units: Any = forms.ModelMultipleChoiceField(
        label=_("只用于"), queryset=Unit.objects.none(), required=False, help_text=_("不选 = 全部单位")
    )
    month = forms.ChoiceField(label=_("从哪个月起"))
    reason = forms.CharField(label=_("修改理由"), max_length=200, required=False)

    def __init__(self, *args: Any, units: Any, feeds: list[Feed], months: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = units  # type: ignore[attr-defined]
        self.fields["feeds"].choices = [("", _("没有")), *((feed.code, feed.name) for feed in feeds)]  # type: ignore[attr-defined]
        self.fields["month"].choices = [(month, month) for month in months]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("every") and values["every"] != "rule":
            number = lambda name, usual=0: int(values.get(name) or usual)  # noqa: E731
            pattern = Pattern(values["every"], number("day"), number("weekday", -1), number("nth"), number("month_in"))
            try:
                values["rule"] = write_rule(pattern)
            except BadRule as problem:
                self.add_error("every", str(problem))
        return values


def item_initial(item: GuideItem) -> dict[str, Any]:
    """Return what the form shows of an item."""
    pattern = read_pattern(item.rule)
    values: dict[str, Any] = {
        name: getattr(item, name) for name in ("category", "name", "what", "steps", "rule", "shift", "asks", "feeds", "basis")
    }
    values["units"] = [unit.pk for unit in item.units.all()]
    if pattern is None:
        return {**values, "every": "rule"}
    return {
        **values,
        "every": pattern.every,
        "month_in": pattern.month or None,
        "day": str(pattern.day) if pattern.day and not pattern.nth else "",
        "nth": str(pattern.nth) if pattern.nth else "",
        "weekday": str(pattern.weekday) if pattern.weekday >= 0 else "",
    }


class KeyForm(forms.Form):
    name = forms.CharField(label=_("用在哪里"), max_length=40, help_text=_("如“我的手机”"))


class MonthFilter(forms.Form):
    scope = forms.ChoiceField(label=_("范围"), required=False, choices=[("", _("我的")), ("led", _("我负责的单位"))])
    unit = forms.ChoiceField(label=_("单位"), required=False)
    month = forms.CharField(required=False, max_length=7, widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("全部")), *((str(pk), name) for pk, name in units)]  # type: ignore[attr-defined]
