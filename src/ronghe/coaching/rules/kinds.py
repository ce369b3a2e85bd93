"""Kinds of measures, pure: what may stand in one, and what never may because it is a disciplinary measure under another name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

# what only the organs of discipline, by their own procedure, may impose: no measure here is called or demands any of it
DISCIPLINARY = (
    "警告", "记过", "记大过", "降级", "降职", "撤职", "撤销", "开除", "留党察看", "留用察看", "处分", "诫勉", "免职", "停职", "停岗", "罚款", "扣款", "扣发", "扣奖",
    "通报批评", "严肃批评", "检讨", "解除合同", "辞退",
)  # fmt: skip
# what may be said of it: that it is none
DENIALS = ("不是处分", "不属于处分", "非处分", "不作为处分", "不是纪律处分")

TONES = {"praise": "表扬激励", "help": "帮促提高", "remind": "提醒", "advise": "建议"}
LEVELS = {"unit": "单位", "leader": "班子成员", "chief": "站长、室主任、党小组长", "staff": "业务主办、业务员"}
TALK, TASK, NOTE = "talk", "task", "note"
WAYS = {TALK: "谈话(通知、记录、双方确认、回访)", TASK: "任务(落实、报结果、回访)", NOTE: "通知到本人即完成"}
# what the system looks for: code → (name, what its limit means, usual limit, whether it is about a unit's chief (else the person))
GROUNDS: dict[str, tuple[str, str, str, bool]] = {
    "best": ("赛道第一", "连续几个月第一", "1", True),
    "last": ("赛道末位", "连续几个月末位", "1", True),
    "fall": ("得分下滑", "比前三个月平均低几分(百分制)", "8", True),
    "rise": ("得分提升", "比前三个月平均高几分(百分制)", "8", True),
    "late": ("整改逾期", "逾期几天", "15", False),
    "again": ("问题重复发生", "一年内几次", "2", True),
    "alert": ("预警逾期未处置", "逾期几天", "7", False),
    "goal": ("目标红灯", "几项红灯", "2", False),
    "credit": ("创效计入贡献", "本年计入几项", "1", False),
}
MOST_FOLLOWS = 6


@dataclass(frozen=True)
class Ground:
    """One ground on which a kind is proposed, with its limit."""

    code: str
    limit: Decimal


def find_disciplinary(*texts: str) -> str:
    """Return the disciplinary measure that a text speaks of, or ''. To say that it is none is allowed."""
    for text in texts:
        for denial in DENIALS:
            text = text.replace(denial, "")
        for word in DISCIPLINARY:
            if word in text:
                return word
    return ""


def find_faults(values: Mapping[str, Any]) -> dict[str, str]:
    """Return field → what is wrong with a kind, in words for its editor."""
    faults = {}
    for name in ("name", "demand", "basis"):
        if not str(values.get(name, "")).strip():
            faults[name] = "请填写。"
    for name in ("name", "demand"):
        word = find_disciplinary(str(values.get(name, "")))
        if word:
            faults[name] = f"“{word}”是纪律处分或组织处理,只能由有权机关按规定作出,不能作为这里的措施。"
    if values.get("tone") not in TONES:
        faults["tone"] = "请选择性质。"
    if values.get("way") not in WAYS:
        faults["way"] = "请选择怎样落实。"
    if not values.get("levels") or not set(values["levels"]) <= set(LEVELS):
        faults["levels"] = "请选择对谁用。"
    elif values.get("way") == TALK and "unit" in values["levels"]:
        faults["levels"] = "谈话的对象是人,不能是单位。"
    if not values.get("deciders"):
        faults["deciders"] = "请选择谁可以决定。"
    if values.get("way") == NOTE and values.get("follow_days"):
        faults["follow_days"] = "通知到本人即完成的,不安排回访。"
    days = list(values.get("follow_days") or [])
    if days != sorted(set(days)) or len(days) > MOST_FOLLOWS or any(not 0 < day <= 366 for day in days):
        faults["follow_days"] = f"回访写成几个从小到大的天数,如 30,60;最多 {MOST_FOLLOWS} 次,不超过一年。"
    if any(one.code not in GROUNDS or one.limit <= 0 for one in read_grounds(values.get("grounds") or [])):
        faults["grounds"] = "依据的情形不对,限值要大于 0。"
    return faults


def read_grounds(rows: Iterable[Mapping[str, Any]]) -> list[Ground]:
    """Return the grounds of stored rows."""
    return [Ground(str(row["code"]), Decimal(str(row["limit"]))) for row in rows]


def level_of(kinds: Iterable[str], leaders: Iterable[str]) -> str:
    """Return the level of somebody who holds posts of these kinds: the highest counts."""
    held = set(kinds)
    if held & set(leaders):
        return "leader"
    return "chief" if held & {"station_chief", "group_leader"} else "staff"


def find_bar(*, decider: int, subject: int | None, owner: int, level: str, levels: Iterable[str]) -> str:
    """Return why somebody may not decide on this measure for this subject, or ''."""
    if subject is not None and decider == subject:
        return "不能对自己作出措施。"
    if subject is not None and owner == subject:
        return "负责落实的人不能是本人。"
    if level not in set(levels):
        return f"这种措施不适用于{LEVELS[level]}。"
    return ""
