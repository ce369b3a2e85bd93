"""What a header cell says: an indicator, its unit, which figure of it, or something that is not for us."""

import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from ronghe.common.sheets.text import key_text
from ronghe.figures.reading.names import Names
from ronghe.figures.reading.periods import find_months
from ronghe.figures.reading.request import Field
from ronghe.figures.reading.units import read_unit

Role = Literal["unit", "indicator", "period", "measure", "serial", "note", ""]

FIELD_WORDS: Final[dict[str, Field]] = {
    **dict.fromkeys(
        (
            "actual",
            "实际",
            "完成",
            "实际值",
            "完成值",
            "实际数",
            "完成数",
            "实际完成",
            "实际完成值",
            "完成情况",
            "本月",
            "本月数",
            "本月值",
            "本月实际",
            "本月完成",
            "当月",
            "当月值",
            "当月实际",
            "当月完成",
            "本期",
            "本期数",
            "本期实际",
            "本期值",
            "数值",
            "指标值",
            "上报值",
            "填报值",
            "月度实际",
            "月实际",
        ),
        "actual",
    ),
    **dict.fromkeys(
        (
            "target",
            "目标",
            "目标值",
            "计划",
            "计划值",
            "计划数",
            "本月计划",
            "本月目标",
            "当月计划",
            "当月目标",
            "月计划",
            "月度计划",
            "月度目标",
            "任务",
            "任务值",
            "计划指标",
        ),
        "target",
    ),
    **dict.fromkeys(
        (
            "base",
            "基数",
            "基准",
            "基准值",
            "基期",
            "基期值",
            "同期",
            "同期值",
            "上年同期",
            "去年同期",
            "上年同期值",
            "去年同期值",
            "同比基数",
        ),
        "base",
    ),
}
OTHER_WORDS: Final = frozenset(
    {
        "上月",
        "上月数",
        "上月值",
        "上月实际",
        "上月完成",
        "上期",
        "累计",
        "年累计",
        "本年累计",
        "累计完成",
        "累计值",
        "累计计划",
        "累计实际",
        "年度累计",
        "完成率",
        "完成比例",
        "同比",
        "环比",
        "增减",
        "增幅",
        "差值",
        "差额",
        "对比",
        "较上月",
        "较同期",
        "年度目标",
        "年目标",
        "年计划",
        "年度计划",
        "全年计划",
        "全年目标",
        "排名",
        "名次",
        "得分",
        "扣分",
        "加分",
        "权重",
        "分值",
        "满分",
        "标准分",
        "评分标准",
    }
)
ROLE_WORDS: Final[dict[str, Role]] = {
    **dict.fromkeys(
        (
            "unit",
            "单位",
            "单位名称",
            "单位代码",
            "班站",
            "班站名称",
            "站点",
            "站名",
            "站",
            "采油站",
            "站队",
            "部门",
            "科室",
            "室站",
            "名称",
            "责任单位",
            "填报单位",
            "上报单位",
            "基层单位",
            "基层",
            "党小组",
            "班组",
            "队站",
            "考核单位",
            "被考核单位",
            "代码",
            "单位编码",
            "编码",
        ),
        "unit",
    ),
    **dict.fromkeys(
        ("indicator", "指标", "指标名称", "指标代码", "指标项", "指标项目", "项目", "考核指标", "考核项目", "项目名称"), "indicator"
    ),
    **dict.fromkeys(("period", "期间", "月份", "考核期", "考核月份", "填报期间", "时间", "年月", "月度", "报告期"), "period"),
    **dict.fromkeys(("计量单位", "指标单位", "数据单位", "度量单位"), "measure"),
    **dict.fromkeys(("序号", "编号", "序", "no", "no.", "#", "行号", "行次"), "serial"),
    **dict.fromkeys(
        (
            "备注",
            "说明",
            "原因",
            "原因分析",
            "附注",
            "注",
            "情况说明",
            "问题说明",
            "签字",
            "签名",
            "联系人",
            "联系电话",
            "电话",
            "填报人",
            "填表人",
            "审核人",
            "制表人",
            "责任人",
            "负责人",
            "日期",
            "填报日期",
            "数据来源",
            "来源",
            "依据",
            "措施",
            "track",
            "赛道",
            "类别",
            "分类",
            "维度",
        ),
        "note",
    ),
}
CUTS: Final = re.compile(r"[()（）,;:、|]+")
FILLERS: Final = frozenset({"单位", "计量单位", "", "月度", "指标"})
EDGE_WORDS: Final = sorted((*FIELD_WORDS, *OTHER_WORDS), key=lambda word: (-len(word), word))
EDGE_STARTS: Final = tuple(EDGE_WORDS)
MAX_HEADING: Final = 80
MONTH_START: Final = re.compile(r"^(20\d\d年)?\d{1,2}月(份)?")


@dataclass(frozen=True)
class Heading:
    """What one header text, or several above each other, says. `other` is a word such as 累计: not this month's figure."""

    indicators: tuple[str, ...] = ()
    field: Field | None = None
    measure: str = ""
    other: str = ""
    role: Role = ""
    # Text that is none of these.
    unknown: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether every part of the text was understood."""
        return not self.unknown


class Headings:
    """Reads header texts, each text once."""

    def __init__(self, names: Names, period: str) -> None:
        self.names, self.period = names, period
        self.starts = tuple(names.longest)
        self.cache: dict[str, Heading] = {}

    def read_text(self, text: str) -> Heading:
        """Give what one header text says."""
        if text not in self.cache:
            self.cache[text] = self.classify_text(text) if len(text) <= MAX_HEADING else Heading(unknown=text)
        return self.cache[text]

    def classify_text(self, text: str) -> Heading:
        """Read a text as a whole, then by its parts, then by what it starts or ends with."""
        key = key_text(text)
        if not key:
            return Heading()
        whole = self.read_part(key)
        if whole.is_plain:
            return whole
        parts = self.read_parts([part for part in CUTS.split(key) if part])
        if parts.is_plain and parts.indicators:
            return parts
        edges = self.read_edges(key)
        if edges.is_plain:
            return edges
        return parts if parts.is_plain else Heading(unknown=text)

    def read_part(self, key: str) -> Heading:
        """Read a key that is one thing."""
        found = self.names.find_indicator(key)
        if found.codes:
            return Heading(indicators=found.codes)
        if key in FIELD_WORDS:
            return Heading(field=FIELD_WORDS[key])
        if key in OTHER_WORDS:
            return Heading(other=key)
        if key in ROLE_WORDS:
            return Heading(role=ROLE_WORDS[key])
        if read_unit(key) is not None:
            return Heading(measure=key)
        months = find_months(key, year=self.period[:4])
        if months and MONTH_START.sub("", key) == "":
            return Heading(field="actual") if months == {self.period} else Heading(other=key)
        return Heading(unknown=key)

    def read_parts(self, parts: list[str]) -> Heading:
        """Read several keys as one heading: 原油产量, 万吨, 实际."""
        heading = Heading()
        for part in parts:
            if part in FILLERS:
                continue
            piece = self.read_part(part)
            if not piece.is_plain:
                piece = self.read_edges(part)
            heading = join_headings(heading, piece)
        return heading

    def read_edges(self, key: str) -> Heading:
        """Read a key such as 本月原油产量, 原油产量完成值, 原油产量累计, 10月原油产量, 原油产量/t."""
        bare = MONTH_START.sub("", key)
        if bare != key and bare:
            month = self.read_part(key[: len(key) - len(bare)])
            return join_headings(month, self.read_part(bare)) if month.is_plain else Heading(unknown=key)
        # Most texts of a large sheet are no headings at all: ask once for all words before trying each.
        words = EDGE_WORDS if key.startswith(EDGE_STARTS) or key.endswith(EDGE_STARTS) else []
        for word in words:
            for rest in (key.removeprefix(word), key.removesuffix(word)):
                if rest != key and (self.names.find_indicator(rest).codes or read_unit(rest) is not None):
                    return join_headings(self.read_part(word), self.read_part(rest))
        for name in self.names.longest if key.startswith(self.starts) else ():
            rest = key.removeprefix(name).lstrip("/-_")
            if key.startswith(name) and read_unit(rest) is not None:
                return Heading(indicators=self.names.find_indicator(name).codes, measure=rest)
        return Heading(unknown=key)


def join_headings(first: Heading, second: Heading) -> Heading:
    """Put two pieces of one header together; a repeated piece says nothing new, two different indicators stay two."""
    codes = first.indicators
    if second.indicators and not set(codes) & set(second.indicators):
        codes = (*codes, *second.indicators)
    elif second.indicators:
        # 'oil' under 原油产量: the narrower of the two.
        codes = tuple(code for code in codes if code in second.indicators)
    return replace(
        first,
        indicators=codes,
        field=second.field or first.field,
        measure=second.measure or first.measure,
        other=second.other or first.other,
        role=second.role or first.role,
        unknown=second.unknown or first.unknown,
    )
