"""Forms of 议事决策."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from ronghe.common.forms import SECRECY
from ronghe.common.own_fields import KINDS
from ronghe.decisions.models import Matter
from ronghe.decisions.models.lists import DECIDERS
from ronghe.decisions.rules import CATEGORIES, EXCEPTION_STEPS, STEPS, THEMES
from ronghe.org.forms import date_field
from ronghe.org.kinds import ADMINISTRATORS, POST_TITLES
from ronghe.org.models import Person, Unit
from ronghe.rectification.forms import FilesField, PersonField, area_text

POSTS = [(code, title) for code, title in POST_TITLES.items() if code not in (*ADMINISTRATORS, "staff", "upper_committee")]


def split_words(text: str) -> list[str]:
    """Return the words of a line: separated by 、 , ; or blanks."""
    for sign in "、,;;, ":
        text = text.replace(sign, " ")
    return text.split()


class WordsField(forms.CharField):
    """Words in one line, kept as a list."""

    def prepare_value(self, value: Any) -> Any:
        return "、".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return split_words(super().clean(value) or "")


class MatterForm(forms.Form):
    title = forms.CharField(label=_("事项名称"), max_length=100)
    text = area_text(_("事项说明"), help_text=SECRECY, required=False)
    category = forms.ChoiceField(label=_("三重一大分类"), choices=list(CATEGORIES.items()))
    amount = forms.DecimalField(label=_("金额(万元)"), required=False, min_value=0, max_digits=12, decimal_places=2)
    scope = forms.CharField(label=_("范围"), max_length=200, required=False, help_text=_("涉及哪些班站、多少人、什么时段"))
    keywords = WordsField(label=_("关键词"), max_length=200, required=False, help_text=_("用顿号分开"))
    counterparty = forms.CharField(label=_("对方单位"), max_length=100, required=False, help_text=_("有合同、付款对象的填写,用于核对拆分"))
    unit: Any = forms.ModelChoiceField(label=_("提出单位"), queryset=Unit.objects.none())
    owner = PersonField(label=_("责任人"))
    interested = forms.MultipleChoiceField(
        label=_("应回避的人"), required=False, help_text=_("与事项有利害关系的支委、班子成员;会上必须回避")
    )
    rule = forms.ChoiceField(label=_("适用清单事项"), required=False, help_text=_("留空则按清单命中;没有命中而确需决策的在这里选"))

    def __init__(
        self, *args: Any, units: Any, people: list[Person], leaders: Iterable[Person], rules: Iterable[Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["owner"].offer(people)  # type: ignore[attr-defined]
        self.leaders = {str(person.pk): person for person in leaders}
        self.fields["interested"].choices = [(pk, person.name) for pk, person in self.leaders.items()]  # type: ignore[attr-defined]
        self.fields["rule"].choices = [("", _g("按清单命中")), *((row.code, row.title) for row in rules)]  # type: ignore[attr-defined]

    def clean_interested(self) -> list[Person]:
        return [self.leaders[pk] for pk in self.cleaned_data["interested"]]


class ProofForm(forms.Form):
    materials = FilesField(label=_("证明材料"), required=False, help_text=SECRECY)


class TextForm(forms.Form):
    """One text to write; `name` is its field, as the action calls it."""

    def __init__(self, *args: Any, name: str, label: Any, help_text: Any = SECRECY, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[name] = area_text(label, rows=3, max_length=500, help_text=help_text)


class StopForm(forms.Form):
    ground = area_text(_("叫停理由"), rows=3, max_length=500, help_text=SECRECY)
    basis = forms.CharField(label=_("依据"), max_length=300, help_text=_("违反了哪条规定、缺了哪一步"))


class ReconsiderForm(forms.Form):
    opinion = area_text(_("复议意见"), rows=3, max_length=500, help_text=SECRECY)
    accepted = forms.ChoiceField(
        label=_("结论"), choices=[("yes", _("已纠正,可以恢复")), ("no", _("没有纠正到位,退回"))], widget=forms.RadioSelect
    )


class ApproveForm(forms.Form):
    note = area_text(_("理由"), rows=3, max_length=400, help_text=SECRECY)
    approved = forms.ChoiceField(label=_("结论"), choices=[("yes", _("批准例外")), ("no", _("不批准"))], widget=forms.RadioSelect)


class SplitForm(forms.Form):
    note = area_text(_("核实情况"), rows=3, max_length=400, help_text=SECRECY)
    is_split = forms.ChoiceField(label=_("结论"), choices=[("no", _("不是拆分")), ("yes", _("认定为拆分"))], widget=forms.RadioSelect)


class UrgentForm(forms.Form):
    decision = area_text(_("决定内容"), rows=3, help_text=SECRECY)
    reason = area_text(_("为什么等不到开会"), rows=2, max_length=400)
    consulted = forms.CharField(label=_("征求了谁的意见"), max_length=200)


class AssignForm(forms.Form):
    text = forms.CharField(label=_("落实事项"), max_length=300)
    owner = PersonField(label=_("责任人"))
    due = date_field(_("期限"))

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(people)  # type: ignore[attr-defined]


class ReassignForm(forms.Form):
    owner = PersonField(label=_("责任人"))
    due = date_field(_("期限"), required=False, help_text=_("只对办理中的步骤;留空不变"))
    reason = area_text(_("原因"), rows=2, max_length=300, help_text=SECRECY)

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(people)  # type: ignore[attr-defined]


class MatterFilter(forms.Form):
    text = forms.CharField(label=_("编号、名称或对方单位"), required=False, max_length=50)
    scope = forms.ChoiceField(
        label=_("范围"), required=False, choices=[("", _("全部")), ("mine", _("等我办的")), ("owned", _("我负责的"))]
    )  # fmt: skip
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            ("", _("未办结")), *Matter.State.choices, ("exception", _("例外")), ("urgent", _("紧急决定待追认")), ("split", _("拆分提示")),
            ("all", _("全部")),
        ],
    )  # fmt: skip
    category = forms.ChoiceField(label=_("分类"), required=False, choices=[("", _("全部")), *CATEGORIES.items()])
    light = forms.ChoiceField(
        label=_("灯"), required=False, choices=[("", _("全部")), ("r", _("红灯")), ("y", _("黄灯")), ("g", _("绿灯"))]
    )  # fmt: skip


class HeadForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=60)
    basis = area_text(_("依据"), rows=3, max_length=500, help_text=SECRECY)
    front_label = forms.CharField(label=_("前置研究的叫法"), max_length=20, help_text=_("不是独立法人的单位可改称“集体研究把关”"))
    front_basis = area_text(_("前置研究的依据"), rows=3, max_length=500)
    split_days = forms.IntegerField(label=_("拆分监测天数"), min_value=1, max_value=730)
    exception_posts = forms.MultipleChoiceField(label=_("可以批准例外的岗位"), choices=POSTS)
    urgent_posts = forms.MultipleChoiceField(label=_("可以紧急决定的岗位"), choices=POSTS)
    stop_posts = forms.MultipleChoiceField(label=_("可以叫停的岗位"), choices=POSTS)


class RuleForm(forms.Form):
    code = forms.SlugField(label=_("代码"), max_length=30)
    title = forms.CharField(label=_("事项"), max_length=80)
    system_code = forms.CharField(
        label=_("三重一大系统事项编码"), max_length=40, required=False, help_text=_("按上级系统的事项清单采集指标填写,导出台账时带出")
    )
    theme = forms.ChoiceField(label=_("类别"), choices=list(THEMES.items()))
    category = forms.ChoiceField(label=_("三重一大分类"), choices=list(CATEGORIES.items()))
    threshold = forms.DecimalField(label=_("限额(万元)"), required=False, min_value=0, max_digits=12, decimal_places=2)
    scope = forms.CharField(label=_("范围"), max_length=100, required=False)
    keywords = WordsField(label=_("关键词"), max_length=200, required=False, help_text=_("用顿号分开;每个至少两个字"))
    field = forms.CharField(label=_("主责业务"), max_length=30)
    owner_post = forms.ChoiceField(label=_("责任岗位"), choices=POSTS)
    front = forms.BooleanField(label=_("须前置研究"), required=False)
    decided_by = forms.ChoiceField(label=_("由谁决定"), choices=list(DECIDERS.items()))
    controlled = forms.BooleanField(label=_("依托治理型行权管控事项"), required=False, help_text=_("按上级权责清单填写,导出台账时带出"))
    reported = forms.BooleanField(label=_("须报国资委"), required=False)
    survey_form = forms.ChoiceField(label=_("调研论证表"))
    basis = forms.CharField(label=_("依据"), max_length=300)
    dropped = forms.BooleanField(label=_("移出清单"), required=False)
    steps = forms.CharField(
        label=_("步骤"),
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("每行一步:步骤 工作日 责任岗位,如“调研论证 5 责任人”“前置研究 5 党支部书记”。涉密不上网。"),
    )

    def __init__(self, *args: Any, forms_of: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        surveys = [(code, row["name"]) for code, row in forms_of.items() if code not in STEPS or code == "survey"]
        self.fields["survey_form"].choices = surveys  # type: ignore[attr-defined]

    def clean_steps(self) -> list[list[Any]]:
        """Read 'step days who' lines back into rows."""
        kinds = {name: kind for kind, name in STEPS.items() if kind not in EXCEPTION_STEPS}
        posts = {"责任人": "owner", **{str(title): code for code, title in POSTS}}
        rows, wrong = [], []
        for number, line in enumerate(self.cleaned_data["steps"].splitlines(), 1):
            words = line.split()
            if not words:
                continue
            known = len(words) == 3 and words[0] in kinds and words[1].isascii() and words[1].isdigit() and words[2] in posts
            if not known:
                wrong.append(_g("第 %(n)d 行看不懂:“%(line)s”。") % {"n": number, "line": line.strip()[:40]})
                continue
            rows.append([kinds[words[0]], int(words[1][:4]), posts[words[2]]])
        if wrong:
            raise forms.ValidationError(wrong)
        return rows


def write_steps(steps: list[list[Any]]) -> str:
    """Return the lines that RuleForm reads."""
    posts = {"owner": "责任人", **{code: str(title) for code, title in POSTS}}
    return "\n".join(f"{STEPS[kind]} {days} {posts.get(post, post)}" for kind, days, post in steps)


class FieldRowForm(forms.Form):
    code = forms.CharField(label=_("代码"), max_length=30, required=False)
    label = forms.CharField(label=_("栏目"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("类型"), choices=list(KINDS.items()), required=False)
    required = forms.BooleanField(label=_("必填"), required=False)
    choices = WordsField(label=_("选项"), max_length=300, required=False)


class StepFormForm(forms.Form):
    name = forms.CharField(label=_("表单名称"), max_length=40)
    proof = forms.BooleanField(label=_("须附证明材料"), required=False)


class PublishForm(forms.Form):
    valid_from = date_field(_("自何日起执行"))


class ReviseForm(forms.Form):
    reason = forms.CharField(label=_("修订原因"), max_length=200)
