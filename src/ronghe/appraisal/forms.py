"""Forms of 述职评议."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from ronghe.appraisal import kinds
from ronghe.appraisal.models import Template
from ronghe.common.forms import SECRECY
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


class ReasonForm(forms.Form):
    reason = area_text(_("原因"), rows=3, max_length=300, help_text=SECRECY)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("代码"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"})
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
            for name in ("ballot_days", "objection_days", "trim", "min_turnout", "missing", "items", "scale", "quota", "scheme"):
                del self.fields[name]

    @staticmethod
    def read_initial(template: Template) -> dict[str, Any]:
        names = ("name", "basis", "report_days", "ballot_days", "objection_days", "scope", "trim", "min_turnout", "missing", "scheme")
        return {
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

    def read_values(self) -> dict[str, Any]:
        """Return the values of the next version."""
        values = {
            name: value for name, value in self.cleaned_data.items() if not name.startswith("w-") and name not in ("reason", "questions")
        }
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


def read_side(word: str) -> str:
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


class PoolForm(forms.Form):
    pool = forms.DecimalField(
        label=_("试算总额(元)"),
        max_digits=12,
        decimal_places=2,
        min_value=Decimal(0),
        required=False,
        help_text=_("只用来试算,不保存;可以填去年的"),
    )


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
