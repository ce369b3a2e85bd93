"""The scheme editor's forms: texts in, tables out. What is wrong is for the kernel's parser to say; here nothing is refused."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.assessment.tables import PAIRS, RULE_KEYS, Table, Tables, clean_indicator, keys_of

CHOOSE = ("", _("(请选择)"))
MISSING = [("unplaced", _("缺报不排名")), ("zero", _("缺报计零分")), ("exempt", _("缺报免考"))]
METHODS = [
    ("curve", _("折线:各点之间直线计分")),
    ("step", _("步进:每一步加减分")),
    ("bands", _("分档:达到哪一档得哪一档")),
    ("events", _("计次:每发生一次加减分")),
    ("direct", _("直接:评定分即得分")),
    ("veto", _("一票否决")),
]
ON = [
    ("actual", _("实际值")),
    ("attainment", _("完成率(实际÷目标)")),
    ("deviation", _("偏差率((实际−目标)÷|目标|)")),
    ("difference", _("差值(实际−目标)")),
    ("growth", _("增长率((实际−基数)÷|基数|)")),
]
EFFECTS = [("zero_total", _("总分记 0")), ("zero_dimension", _("所属维度记 0")), ("cap_total", _("总分封顶"))]
WHOLE = [("", _("只计整步(默认)")), ("true", _("只计整步")), ("false", _("不足一步按比例计"))]
DIGITS = [(str(number), str(number)) for number in range(5)]
MOST_ROWS = 60


def write(label: Any, *, most: int = 40, **extra: Any) -> forms.CharField:
    """Return a text field that refuses nothing but what is too long."""
    return forms.CharField(label=label, required=False, max_length=most, **extra)


def number(label: Any, help_text: Any = "") -> forms.CharField:
    return write(label, help_text=help_text, widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))


def choose(label: Any, choices: list[Any], **extra: Any) -> forms.CharField:
    """Return a choice whose wrong values reach the parser too."""
    return write(label, widget=forms.Select(choices=choices), **extra)


class PartForm(forms.Form):
    """A part of a draft, with the version that it was opened with."""

    once = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def typed(self, *names: str) -> Table:
        """Return what was typed, trimmed; what a form did not send is empty."""
        return {name: (self.data.get(name) or "").strip()[:400] for name in names}


class HeadForm(PartForm):
    """The head, how totals are bounded and ranked."""

    KEYS = ("code", "name", "basis", "digits", "missing", "cap", "floor")

    name = write(_("方案名称"), most=100)
    basis = write(_("依据"), most=200, help_text=_("这个方案依据什么文件;每一处得分都会显示"))
    code = write(_("编码"), most=60, help_text=_("同一方案的各版本用同一个编码,如 group-station;版本号由系统接着编"))
    digits = choose(_("得分小数位数"), DIGITS)
    missing = choose(_("缺报怎么算"), MISSING, help_text=_("各指标可以另行规定"))
    cap = number(_("总分封顶"), _("空 = 不封顶"))
    floor = number(_("总分保底"), _("空 = 不保底"))
    min_peers = number(_("至少几个单位才排名次"), _("空 = 3"))


class IndicatorForm(PartForm):
    """One indicator with the keys of every method; the page shows those of the chosen one and carries the others along."""

    name = write(_("指标名称"), most=100)
    code = write(_("编码"), help_text=_("与指标手册一致,计分时按它取数"))
    unit = write(_("计量单位"), most=20)
    decimals = number(_("数据小数位数"), _("0 到 6,空 = 2"))
    dimension = choose(_("维度"), [CHOOSE])
    full = number(_("满分"), _("0 = 只作加分或扣分"))
    method = choose(_("计分办法"), [CHOOSE, *METHODS])
    on = choose(_("按什么计"), [CHOOSE, *ON])
    per = number(_("每一步的大小"))
    up = number(_("每高一步加分"), _("空 = 0;越低越好的填负数"))
    down = number(_("每低一步减分"), _("空 = 0"))
    origin = number(_("基准"), _("空 = 完成率取 100%,其他取 0"))
    start = number(_("起算分"), _("空 = 满分(计次加分的为 0)"))
    cap = number(_("最高分"), _("空 = 满分"))
    floor = number(_("最低分"), _("空 = 0"))
    whole = choose(_("不足一步"), WHOLE)
    below = number(_("低于首档得满分的"), _("如 0.3 或 30%,空 = 0"))
    each = number(_("每发生一次"), _("扣分填负数"))
    at = number(_("达到几次触发"), _("空 = 1"))
    effect = choose(_("否决什么"), [CHOOSE, *EFFECTS])
    limit = number(_("总分不超过"))
    missing = choose(_("缺报怎么算"), [("", _("按方案的统一规定")), *MISSING])

    def __init__(self, *args: Any, dimensions: list[Table], tracks: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dimension"].widget.choices = [CHOOSE, *((row.get("code", ""), row.get("name", "")) for row in dimensions)]  # type: ignore[attr-defined]
        self.track_names = tracks

    @property
    def table(self) -> Table:
        """The indicator as typed, its percentages read as shares."""
        row = self.typed("code", "name", "unit", "decimals", "dimension", "full", "method", "on", "missing", *RULE_KEYS)
        data: Any = self.data
        xs, shares = data.getlist("x")[:MOST_ROWS], data.getlist("share")[:MOST_ROWS]
        row["pairs"] = [(x.strip()[:40], share.strip()[:40]) for x, share in zip(xs, shares, strict=False)]
        row["tracks"] = [code[:40] for code in data.getlist("tracks")[:MOST_ROWS] if code.strip()]
        return clean_indicator(row)


def read_rows(data: Any, prefix: str, names: tuple[str, ...]) -> list[Table]:
    """Return the rows that a table of inputs sent: `prefix-name` once a row."""
    columns = [data.getlist(f"{prefix}-{name}")[:MOST_ROWS] for name in names]
    return [{name: value.strip()[:100] for name, value in zip(names, row, strict=True)} for row in zip(*columns, strict=False)]


def is_blank(row: Table) -> bool:
    return not any(value for key, value in row.items() if key != "was")


def step_rows(rows: list[Any], do: str, name: str, blank: Any) -> bool:
    """Carry out 'grade-add', 'grade-drop-2', 'grade-up-2' or 'grade-down-2' on rows; False where `do` speaks of something else."""
    match = re.fullmatch(rf"{name}-(add|drop|up|down)(?:-(\d{{1,3}}))?", do, re.ASCII)
    if not match:
        return False
    verb, place = match[1], int(match[2] or 0)
    if verb == "add":
        rows.append(blank)
    elif place < len(rows):
        if verb == "drop":
            del rows[place]
        else:
            other = place + (1 if verb == "down" else -1)
            if 0 <= other < len(rows):
                rows[place], rows[other] = rows[other], rows[place]
    return True


def initial_of(table: Table) -> dict[str, str]:
    """Return a table's texts as a form's initial values."""
    return {key: value for key, value in table.items() if isinstance(value, str)}


def split_fields(form: IndicatorForm, row: Table) -> tuple[list[Any], list[Any]]:
    """Return the fields that the method has beyond the common ones, and those carried along unseen."""
    keys = keys_of(row.get("method", ""), row.get("effect", ""))
    shown = [form[key] for key in keys if key in RULE_KEYS]
    carried = [form[key] for key in ("full", "on", *RULE_KEYS) if key not in keys and row.get(key)]
    return shown, carried


def head_tables(form: HeadForm, tables: Tables) -> None:
    """Put the head form into the tables."""
    tables.scheme.update(form.typed(*HeadForm.KEYS))
    data: Any = form.data
    tables.ranking["min_peers"] = form.typed("min_peers")["min_peers"]
    tables.ranking["tie_break"] = [code for code in data.getlist("tie_break")[:MOST_ROWS] if code.strip()]
    tables.grades = [row for row in read_rows(data, "grade", ("name", "min")) if not is_blank(row)]


def has_pairs(method: str) -> bool:
    return method in PAIRS
