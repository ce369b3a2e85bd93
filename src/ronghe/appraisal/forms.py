"""Forms of 述职评议."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from ronghe.appraisal import kinds
from ronghe.appraisal.models import PayPool, Template
from ronghe.common.forms import SECRECY
from ronghe.common.language import find_word
from ronghe.initiatives.forms import FilesField, area_text
from ronghe.org.forms import date_field

LONGEST = 2000
SIDE_WORDS = {"业务": "business", "党建": "party", "综合": ""}
SIDE_OF = {code: word for word, code in SIDE_WORDS.items()}


class OpenForm(forms.Form):
    period = forms.CharField(label=_("期间"), max_length=7, help_text=_("按月写 2026-10,按季写 2026Q3,按年写 2026"))
    report_due = date_field(_("述职截止"))


class BallotDueForm(forms.Form):
    due = date_field(_("测评截止"))


class CodesForm(forms.Form):
    number = forms.IntegerField(label=_("印多少张"), min_value=1, max_value=300, help_text=_("以前印的、还没用的会作废"))


class InviteForm(forms.Form):
    mail = forms.BooleanField(label=_("登记了邮箱的发到邮箱"), required=False, help_text=_("没有邮箱的、没发出的,印成纸条当面给本人"))


class ReasonForm(forms.Form):
    reason = area_text(_("原因"), rows=3, max_length=300, help_text=SECRECY)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("代码"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"})
    )


class ReportForm(forms.Form):
    """The report's questions as its template has them; each field is `f-<code>`, which is what drafts keep."""

    materials = FilesField(label=_("佐证"), required=False, help_text=SECRECY)

    def __init__(self, *args: Any, template: Template, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in template.form:
            label = f"【{SIDE_OF[one['side']]}】{one['label']}"
            field = area_text(label, rows=5, max_length=LONGEST, required=bool(one.get("required")), help_text=one.get("hint", ""))
            self.fields[f"f-{one['code']}"] = field
        self.order_fields([*(name for name in self.fields if name != "materials"), "materials"])

    def read_answers(self) -> dict[str, str]:
        return {name[2:]: value for name, value in self.cleaned_data.items() if name.startswith("f-")}

    @property
    def questions(self) -> list[Any]:
        return [self[name] for name in self.fields if name != "materials"]


class GradeForm(forms.Form):
    grade = forms.ChoiceField(label=_("等次"))
    reason = area_text(_("评定理由"), rows=3, max_length=300, help_text=SECRECY)

    def __init__(self, *args: Any, grades: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grade"].choices = [("", "---------"), *((one, one) for one in grades)]  # type: ignore[attr-defined]


class DoubtForm(forms.Form):
    code = forms.ChoiceField(label=_("对哪一项"))
    reason = area_text(_("理由"), rows=4, max_length=1000, help_text=SECRECY)

    def __init__(self, *args: Any, inputs: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", "---------"), *((one["code"], one["name"]) for one in inputs)]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    answer = area_text(_("答复"), rows=4, max_length=1000, help_text=SECRECY)
    right = forms.DecimalField(
        label=_("正确的数值"),
        max_digits=12,
        decimal_places=2,
        min_value=Decimal(0),
        required=False,
        help_text=_("异议成立时必填;测评分不能改"),
    )


class CycleFilter(forms.Form):
    kind = forms.ChoiceField(label=_("范围"), required=False, choices=[("", _("全部")), ("live", _("进行中")), *kinds.REPORTERS.items()])


BALLOT_FIELDS = ("ballot_days", "objection_days", "trim", "min_turnout", "missing", "items", "scale", "quota", "links", "scheme")
SIGNING_FIELDS = ("sign", "grade", "own_sign", "own_grade", "signing_basis")


class ReviseForm(forms.Form):
    """A template's next version: the numbers, the groups' weights, the items, the composition, each with its own place."""

    name = forms.CharField(label=_("名称"), max_length=60)
    basis = forms.CharField(label=_("依据"), max_length=300)
    report_days = forms.IntegerField(label=_("述职期限(天)"), min_value=1, max_value=90)
    ballot_days = forms.IntegerField(label=_("测评期限(天)"), min_value=1, max_value=60)
    objection_days = forms.IntegerField(label=_("核对和异议期限(天)"), min_value=1, max_value=60)
    scope = forms.ChoiceField(label=_("结果公布范围"), choices=list(kinds.SCOPES.items()))
    questions = area_text(
        _("述职表"),
        rows=6,
        max_length=4000,
        help_text=_("一行一项:哪一侧|问题;写问题和改进的在行首加 *。例:*综合|问题和原因。涉密不上网。"),
    )
    trim = forms.DecimalField(
        label=_("两端各去掉(%)"),
        max_digits=4,
        decimal_places=1,
        min_value=Decimal(0),
        max_value=Decimal(25),
        help_text=_("去掉最高、最低的整张数"),
    )
    min_turnout = forms.IntegerField(label=_("最低投票率(%)"), min_value=0, max_value=100, help_text=_("一组实投低于这个比例,该组不计"))
    missing = forms.ChoiceField(label=_("缺票怎么办"), choices=list(kinds.MISSING.items()))
    items = area_text(_("测评项目"), rows=4, max_length=1000, required=False, help_text=_("一行一项:哪一侧|项目。例:党建|分工党建实绩"))
    scale = area_text(_("量表"), rows=4, max_length=400, required=False, help_text=_("一行一档,从高到低:名称|分值。例:优秀|95"))
    quota = area_text(
        _("等次比例"),
        rows=2,
        max_length=600,
        required=False,
        help_text=_("本单位有规定时才写,一行一条:等次|最多百分之几|依据。例:优秀|20|厂考核办法第九条"),
    )
    sign = forms.CharField(
        label=_("由谁签发"), max_length=60, help_text=_("书记、经理、党群副职、纪检小组、上级党委,用顿号隔开;都签了才生效")
    )
    grade = forms.CharField(label=_("由谁评定等次"), max_length=60, help_text=_("其中任一方评定;谁也不评自己的"))
    own_sign = forms.CharField(label=_("签发人本人的由谁签发"), max_length=60)
    own_grade = forms.CharField(label=_("签发人本人的由谁评定"), max_length=60)
    signing_basis = forms.CharField(label=_("评定和签发的依据"), max_length=300)
    links = forms.BooleanField(
        label=_("可以凭个人邀请链接测评"), required=False, help_text=_("不用登录,一人一轮一次,计票即作废;没有账号的职工也能测评")
    )
    scheme = area_text(
        _("综合评定方案"), rows=12, max_length=20000, required=False, help_text=_("写法同计分方案(计分约定);分值、曲线、否决都在这里")
    )
    reason = forms.CharField(label=_("修订原因"), max_length=300)

    def __init__(self, *args: Any, template: Template, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.template = template
        for group in template.judges:
            self.fields[f"w-{group['code']}"] = forms.DecimalField(
                label=_g("权重:%(name)s") % {"name": group["name"]},
                max_digits=5,
                decimal_places=2,
                min_value=Decimal(0),
                max_value=Decimal(100),
            )
        if not template.is_judged:
            for name in (*BALLOT_FIELDS, *SIGNING_FIELDS):
                del self.fields[name]
        before = list(self.fields)[: list(self.fields).index("questions") + 1]
        self.order_fields([*before, *(f"w-{group['code']}" for group in template.judges)])

    @staticmethod
    def read_initial(template: Template) -> dict[str, Any]:
        names = (
            "name",
            "basis",
            "report_days",
            "ballot_days",
            "objection_days",
            "scope",
            "trim",
            "min_turnout",
            "missing",
            "links",
            "scheme",
        )
        signing = template.signed_by
        return {
            "sign": write_roles(signing["sign"]),
            "grade": write_roles(signing["grade"]),
            "own_sign": write_roles(signing["own"]["sign"]),
            "own_grade": write_roles(signing["own"]["grade"]),
            "signing_basis": signing["basis"],
            **{name: getattr(template, name) for name in names},
            "questions": "\n".join(f"{'*' if one.get('about') else ''}{SIDE_OF[one['side']]}|{one['label']}" for one in template.form),
            "items": "\n".join(f"{SIDE_OF[one['side']]}|{one['name']}" for one in template.items),
            "scale": "\n".join(f"{one['label']}|{one['points']}" for one in template.scale),
            "quota": "\n".join(f"{one['grade']}|{one['share']}|{one['basis']}" for one in template.quota),
            **{f"w-{one['code']}": one["weight"] for one in template.judges},
        }

    def clean_questions(self) -> list[dict[str, Any]]:
        old = {one["label"]: one for one in self.template.form}
        rows = []
        for number, (side, label) in enumerate(split_lines(self.cleaned_data["questions"], 2), 1):
            about, side = ("problems" if side.startswith("*") else ""), side.lstrip("*").strip()
            known = old.get(label, {"code": f"q{number}", "hint": "", "required": True})
            row = {**known, "side": read_side(side), "label": label}
            row.pop("about", None)
            rows.append({**row, "about": about} if about else row)
        return rows

    def clean_items(self) -> list[dict[str, Any]]:
        old = {one["name"]: one["code"] for one in self.template.items}
        return [
            {"code": old.get(name, f"i{number}"), "side": read_side(side), "name": name}
            for number, (side, name) in enumerate(split_lines(self.cleaned_data["items"], 2), 1)
        ]

    def clean_scale(self) -> list[dict[str, Any]]:
        return [{"label": label, "points": read_points(points)} for label, points in split_lines(self.cleaned_data["scale"], 2)]

    def clean_quota(self) -> list[dict[str, Any]]:
        return [
            {"grade": grade, "share": read_points(share), "basis": basis}
            for grade, share, basis in split_lines(self.cleaned_data["quota"], 3)
        ]

    def clean_sign(self) -> list[str]:
        return read_roles(self.cleaned_data["sign"])

    def clean_grade(self) -> list[str]:
        return read_roles(self.cleaned_data["grade"])

    def clean_own_sign(self) -> list[str]:
        return read_roles(self.cleaned_data["own_sign"])

    def clean_own_grade(self) -> list[str]:
        return read_roles(self.cleaned_data["own_grade"])

    def read_values(self) -> dict[str, Any]:
        """Return the values of the next version."""
        given = self.cleaned_data
        apart = ("reason", "questions", *SIGNING_FIELDS)
        values = {name: value for name, value in given.items() if not name.startswith("w-") and name not in apart}
        if "sign" in given:
            own = {"grade": given["own_grade"], "sign": given["own_sign"]}
            values["signing"] = {"grade": given["grade"], "sign": given["sign"], "own": own, "basis": given["signing_basis"].strip()}
            if not self.template.signing and values["signing"] == self.template.signed_by:
                del values["signing"]
        values["form"] = self.cleaned_data["questions"]
        values["judges"] = [{**one, "weight": tidy(self.cleaned_data[f"w-{one['code']}"])} for one in self.template.judges]
        if "scheme" in values:
            values["scheme"] = values["scheme"].replace("\r\n", "\n").strip() + "\n"
        return values


def split_lines(text: str, parts: int) -> list[list[str]]:
    """Return the cells of each line that is not empty. Raises ValidationError for a line of another shape."""
    rows = []
    for line in text.splitlines():
        if line.strip():
            cells = [cell.strip() for cell in line.replace("|", "|").split("|", parts - 1)]
            if len(cells) != parts or not all(cells):
                raise ValidationError(_g("这一行看不懂:%(line)s") % {"line": line.strip()[:40]})
            rows.append(cells)
    return rows


def write_roles(roles: list[str]) -> str:
    return "、".join(str(kinds.SIGNERS[role]) for role in roles)


def read_roles(text: str) -> list[str]:
    """Return the roles that a line names. Raises ValidationError for a word that is none."""
    words = {str(name): role for role, name in kinds.SIGNERS.items()}
    typed = text.replace(",", "、").replace(",", "、").split("、")
    named = [find_word(word.strip(), words) for word in typed if word.strip()]
    for word in named:
        if word not in words:
            raise ValidationError(_g("「%(word)s」不是这里的一方,请写:%(all)s。") % {"word": word[:10], "all": "、".join(words)})
    return list(dict.fromkeys(words[word] for word in named))


def read_side(word: str) -> str:
    word = find_word(word, SIDE_WORDS)
    if word not in SIDE_WORDS:
        raise ValidationError(_g("请写业务、党建或综合,不是「%(word)s」。") % {"word": word[:10]})
    return SIDE_WORDS[word]


def read_points(text: str) -> float | int:
    try:
        value = Decimal(text.removesuffix("%"))
    except ArithmeticError:
        raise ValidationError(_g("「%(text)s」不是数。") % {"text": text[:10]}) from None
    if not value.is_finite() or not 0 <= value <= 100:
        raise ValidationError(_g("「%(text)s」须在 0 到 100 之间。") % {"text": text[:10]})
    return tidy(value)


def tidy(value: Decimal) -> float | int:
    """Return a plain JSON number."""
    return int(value) if value == value.to_integral_value() else float(value)


class AmountsForm(forms.Form):
    """What each pool has to share: only to try, kept nowhere."""

    def __init__(self, *args: Any, blocks: list[Any], years: list[str], year: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if years:
            self.fields["year"] = forms.ChoiceField(label=_g("年度"), choices=[(one, one) for one in years], initial=year, required=False)
        for block in blocks:
            if block.rule is not None:
                label = _g("「%(pool)s」总额(元)") % {"pool": block.name} if block.code != "all" else _g("试算总额(元)")
                self.fields[f"amount-{block.key}"] = forms.DecimalField(
                    label=label, max_digits=12, decimal_places=2, min_value=Decimal(0), required=False
                )


class PoolForm(forms.Form):
    code = forms.RegexField(
        r"^[a-z][a-z0-9-]{1,19}$", label=_("编码"), help_text=_("工资系统按它认:小写字母、数字,例如 first-line;设立以后不变"),
        error_messages={"invalid": _("用小写字母开头,只写小写字母、数字和连字符,2 到 20 位。")},
    )  # fmt: skip
    name = forms.CharField(label=_("名称"), max_length=40, help_text=_("例如:班子、管理、一线"))
    kinds = forms.MultipleChoiceField(label=_("哪些人"), choices=list(PayPool.KINDS.items()), widget=forms.CheckboxSelectMultiple)
    own_rule = forms.BooleanField(label=_("用自己的系数规则"), required=False, help_text=_("不选就和同一模板的其他池共用一个规则"))
    basis = forms.CharField(label=_("依据"), max_length=300)

    def __init__(self, *args: Any, pool: PayPool | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if pool is not None:
            del self.fields["code"]


class PayForm(forms.Form):
    """A coefficient for each grade of the composition, and how much the unit's result weighs."""

    def __init__(self, *args: Any, grades: list[str], rule: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grades = grades
        known = {one["grade"]: one["coefficient"] for one in rule.bands} if rule else {}
        for place, grade in enumerate(grades):
            label = _g("「%(grade)s」系数") % {"grade": grade}
            self.fields[f"g{place}"] = forms.DecimalField(
                label=label, max_digits=4, decimal_places=3, min_value=Decimal(0), max_value=Decimal(3), initial=known.get(grade)
            )
        self.fields["unit_share"] = forms.DecimalField(
            label=_g("单位结果所占(%)"), max_digits=5, decimal_places=2, min_value=Decimal(0), max_value=Decimal(100),
            initial=rule.unit_share if rule else Decimal(0), help_text=_g("双挂钩:班站长的系数里,本单位考核结果占多少;0 = 不挂"),
        )  # fmt: skip
        self.fields["basis"] = forms.CharField(label=_g("依据"), max_length=300, initial=rule.basis if rule else "")
        self.fields["reason"] = forms.CharField(label=_g("修订原因"), max_length=300, required=rule is not None)

    def read_bands(self) -> list[dict[str, Any]]:
        return [{"grade": grade, "coefficient": str(self.cleaned_data[f"g{place}"])} for place, grade in enumerate(self.grades)]
