"""Forms of meetings."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.common.calendar import today
from ronghe.common.forms import SECRECY, area_text
from ronghe.meetings.models import Kind, Meeting, QuorumRule
from ronghe.meetings.rules import norms, quorum
from ronghe.org import forms as org_forms
from ronghe.org.forms import date_field
from ronghe.org.kinds import LEADERS, POST_TITLES
from ronghe.org.models import Person

PRESIDERS = (*LEADERS, "group_leader", "station_chief")


class PersonField(org_forms.PersonField):
    """Those of one meeting know each other: the name alone."""

    def name_person(self, person: Person) -> str:
        return person.name


long_text = partial(area_text, rows=3)


def offer_people(form: forms.Form, people: Iterable[Person]) -> None:
    """Give the same people to every field of the form that chooses one."""
    known = list(people)
    for field in form.fields.values():
        if isinstance(field, PersonField):
            field.offer(known)


class PlaceForm(forms.Form):
    """Where and when, who leads and who writes."""

    held_on = date_field(_("开会日期"))
    held_at = forms.TimeField(label=_("开会时间"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    place = forms.CharField(label=_("地点"), max_length=60, required=False)
    presider = PersonField(label=_("主持人"), required=False, empty=_("按会议制度"))
    recorder = PersonField(label=_("记录人"), required=False, empty=_("从参会人中选一位"), help_text=_("不能是主持人;两人共同确认纪要"))

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_people(self, people)


class MeetingForm(PlaceForm):
    kind: Any = forms.ModelChoiceField(label=_("会议类别"), queryset=Kind.objects.none())
    unit: Any = forms.ModelChoiceField(label=_("由谁召开"), queryset=None)
    field_order = ["kind", "unit"]

    def __init__(self, *args: Any, kinds: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class ChangeForm(PlaceForm):
    reason = forms.CharField(label=_("改动原因"), max_length=200, required=False, help_text=_("通知已发的必填,会告知参会的人"))


class YearForm(forms.Form):
    kinds: Any = forms.ModelMultipleChoiceField(label=_("会议类别"), queryset=Kind.objects.none(), widget=forms.CheckboxSelectMultiple)
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    day = forms.IntegerField(label=_("每期在几号前后"), min_value=1, max_value=28, initial=20, help_text=_("遇休息日顺延,以后可逐次改期"))

    def __init__(self, *args: Any, kinds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].queryset = kinds  # type: ignore[attr-defined]
        self.fields["kinds"].label_from_instance = lambda kind: f"{kind.name}({kind.get_norm_display()})"  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}), help_text=SECRECY)


class NoticeForm(forms.Form):
    short_notice = forms.CharField(
        label=_("紧急召开的理由"), max_length=200, required=False, help_text=_("材料来不及按规定提前送达时必填,写入纪要")
    )


class GuestForm(forms.Form):
    person = PersonField(label=_("列席人员"))

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_people(self, people)


class ItemForm(forms.Form):
    title = forms.CharField(label=_("议题"), max_length=120)
    matter_class = forms.ChoiceField(label=_("事项类别"), choices=list(quorum.CLASSES.items()), help_text=_("决定法定人数和表决方式"))
    reporter = PersonField(label=_("汇报人"), required=False, empty=_("会上确定"))
    text = long_text(_("情况说明"), required=False, max_length=4000, help_text=SECRECY)
    proposal = long_text(_("拟决议"), required=False, help_text=_("希望会议形成的决定,表决时还可以改"))

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_people(self, people)


class BacklogForm(ItemForm):
    kind: Any = forms.ModelChoiceField(label=_("上什么会"), queryset=Kind.objects.none())
    unit: Any = forms.ModelChoiceField(label=_("单位"), queryset=None)
    wanted_by = date_field(_("希望在何时前上会"), required=False)
    field_order = ["kind", "unit", "title", "matter_class", "wanted_by"]

    def __init__(self, *args: Any, kinds: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class MaterialForm(forms.Form):
    file = forms.FileField(label=_("会议材料"), help_text=SECRECY)


class RecuseForm(forms.Form):
    person = PersonField(label=_("回避人"), required=False, empty=_("我本人"))
    reason = forms.CharField(label=_("回避事由"), max_length=200, help_text=_("如:涉及本人或亲属"))

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_people(self, people)


class NoteForm(forms.Form):
    resolution = long_text(_("结果"), help_text=_("学了什么、形成什么意见或待办。涉密不上网。"))


class BeginForm(forms.Form):
    proposal = long_text(_("付表决的决议"), help_text=_("表决开始后不能再改。涉密不上网。"))
    form = forms.ChoiceField(label=_("表决方式"))
    on_paper = forms.BooleanField(label=_("无记名用纸质票(由监票人报票数)"), required=False)

    def __init__(self, *args: Any, forms_allowed: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [(code, quorum.FORMS[code]) for code in forms_allowed]  # type: ignore[attr-defined]


class CountForm(forms.Form):
    """The count of a large body or of the tellers."""

    yes = forms.IntegerField(label=_("同意"), min_value=0, max_value=5000)
    no = forms.IntegerField(label=_("不同意"), min_value=0, max_value=5000, initial=0)
    abstain = forms.IntegerField(label=_("弃权"), min_value=0, max_value=5000, initial=0)


class PaperForm(CountForm):
    tellers = forms.CharField(label=_("监票人、计票人"), max_length=60)


class BallotForm(forms.Form):
    choice = forms.ChoiceField(label=_("我的一票"), choices=list(quorum.VOTES.items()), widget=forms.RadioSelect)


class SpeakForm(forms.Form):
    """What each one in the room says, in the order in which they are asked."""

    def __init__(self, *args: Any, lines: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {}
        for line in lines:
            name = f"say-{line.person_id}"
            self.people[name] = line.person
            self.fields[name] = forms.CharField(
                label=line.name, initial=line.text, required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("末位表态,其他人都发表后再填") if line.head else "",
            )  # fmt: skip
        if self.people:
            self.fields[name].help_text = " ".join(filter(None, (str(self.fields[name].help_text), str(SECRECY))))

    def read(self) -> list[tuple[Person, str]]:
        return [(person, self.cleaned_data[name]) for name, person in self.people.items()]


class NamedVoteForm(forms.Form):
    """Each one's vote of an open form; nobody's is chosen beforehand."""

    def __init__(self, *args: Any, lines: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {}
        for line in lines:
            name = f"vote-{line.person_id}"
            self.people[name] = line.person_id
            self.fields[name] = forms.ChoiceField(
                label=line.name, choices=list(quorum.VOTES.items()), widget=forms.RadioSelect,
                error_messages={"required": _("请登记%(name)s的表决。") % {"name": line.name}},
            )  # fmt: skip

    def read(self) -> dict[int, str]:
        return {pk: self.cleaned_data[name] for name, pk in self.people.items()}


class AssignForm(forms.Form):
    text = forms.CharField(label=_("落实什么"), max_length=300)
    owner = PersonField(label=_("责任人"))
    due = date_field(_("期限"))

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_people(self, people)


class MinutesForm(forms.Form):
    minutes = long_text(
        _("会议纪要"), rows=22, max_length=20000, help_text=_("由记录自动起草,可以修改;改过以后两人须重新确认。涉密不上网。")
    )


class CorrectionForm(forms.Form):
    text = long_text(_("更正内容"), max_length=1000, help_text=_("写明哪一处、原来怎样、应当怎样;原纪要不变。涉密不上网。"))


class UrgentForm(forms.Form):
    kind_code = forms.ChoiceField(label=_("由什么会追认"))
    title = forms.CharField(label=_("事项"), max_length=110)
    text = long_text(_("决定内容"), help_text=SECRECY)
    reason = forms.CharField(label=_("为什么等不到开会"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    consulted = forms.CharField(label=_("征求了谁的意见"), max_length=300)

    def __init__(self, *args: Any, kinds: Iterable[Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind_code"].choices = [(kind.code, kind.name) for kind in kinds]  # type: ignore[attr-defined]


class ResultForm(forms.Form):
    result = forms.CharField(
        label=_("落实情况"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("做了什么、结果怎样。涉密不上网。")
    )


class MeetingFilter(forms.Form):
    text = forms.CharField(label=_("会议或议题"), required=False, max_length=50)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("未办完的")), ("mine", _("我主持、记录的")), *Meeting.State.choices, ("all", _("全部"))],
    )
    kind = forms.ChoiceField(label=_("类别"), required=False)
    unit = forms.ChoiceField(label=_("单位"), required=False)
    month = forms.RegexField(r"^20\d\d-(0[1-9]|1[0-2])$", label=_("月份"), required=False, widget=forms.TextInput(attrs={"type": "month"}))

    def __init__(self, *args: Any, kinds: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = ("", _("全部"))
        self.fields["kind"].choices = [every, *kinds]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [every, *((str(pk), name) for pk, name in units)]  # type: ignore[attr-defined]


class AssignmentFilter(forms.Form):
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("未办结")), ("mine", _("我负责的")), ("all", _("全部"))])
    unit = forms.CharField(required=False, widget=forms.HiddenInput)


class KindForm(forms.Form):
    """One edition of a kind, with the day from which it applies."""

    name = forms.CharField(label=_("名称"), max_length=30)
    presiders = forms.MultipleChoiceField(
        label=_("谁主持(按班子次序,第一位在任的主持)"),
        choices=[(code, POST_TITLES[code]) for code in PRESIDERS],
        widget=forms.CheckboxSelectMultiple,
    )
    norm = forms.ChoiceField(label=_("多久一次"), choices=list(norms.NORMS.items()), required=False)
    times = forms.IntegerField(label=_("每期次数"), min_value=1, max_value=10)
    materials_days = forms.IntegerField(label=_("材料提前几天送达"), min_value=0, max_value=30)
    by_name = forms.BooleanField(label=_("逐人记录意见和表决"), required=False)
    head_last = forms.BooleanField(label=_("主要负责人末位表态"), required=False)
    in_room = forms.BooleanField(label=_("允许临时动议"), required=False)
    counts = forms.BooleanField(label=_("计入组织生活开展情况"), required=False)
    basis = forms.CharField(label=_("依据"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text=SECRECY)
    valid_from = date_field(_("新版自何日起"), initial=today)
    reason = forms.CharField(label=_("修订原因"), max_length=200)


class QuorumForm(forms.Form):
    """One cell of the table kind × class; without `used` the kind decides nothing of this class."""

    used = forms.BooleanField(label=_("可以表决"), required=False)
    attend_strict = forms.TypedChoiceField(
        label=_("到会"), choices=[("1", _("超过")), ("", _("不少于"))], coerce=lambda text: text == "1", required=False, empty_value=""
    )
    attend_numerator = forms.IntegerField(label=_("分子"), min_value=1, max_value=20)
    attend_denominator = forms.IntegerField(label=_("分母"), min_value=1, max_value=20)
    pass_strict = forms.TypedChoiceField(
        label=_("同意"), choices=[("1", _("超过")), ("", _("不少于"))], coerce=lambda text: text == "1", required=False, empty_value=""
    )
    pass_numerator = forms.IntegerField(label=_("分子"), min_value=1, max_value=20)
    pass_denominator = forms.IntegerField(label=_("分母"), min_value=1, max_value=20)
    base = forms.ChoiceField(label=_("同意的基数"), choices=QuorumRule.Base.choices)
    recusal = forms.ChoiceField(label=_("回避的人"), choices=QuorumRule.Recusal.choices)
    basis = forms.CharField(label=_("依据"), max_length=300, required=False)
    forms = forms.MultipleChoiceField(
        label=_("表决方式"), choices=list(quorum.FORMS.items()), widget=forms.CheckboxSelectMultiple, required=False
    )
