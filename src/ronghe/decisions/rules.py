"""The rules of deciding, pure: which steps there are, what the list catches, what is split, who may stop and resume, which sitting counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher

# the order in which a matter goes; a rule names those that it requires
STEPS = {
    "source": "源头参与",
    "depth": "深度介入",
    "survey": "调研论证",
    "consult": "征求意见",
    "legal": "合法合规审查",
    "risk": "风险评估",
    "front": "前置研究",
    "opinion": "纪检意见",
    "approve": "批准例外",
    "decide": "集体决策",
    "execute": "执行",
    "evaluate": "后评估",
}
ORDER = tuple(STEPS)
MEETING_STEPS = ("front", "decide")
# what every matter of a list has; an exception has its own two
ALWAYS = ("decide", "execute", "evaluate")
EXCEPTION_STEPS = ("opinion", "approve")
# nothing stands in for the decision itself and what follows it
NEVER_EXCEPTED = ("decide", "execute", "evaluate", *EXCEPTION_STEPS)
# body → kind of meeting (meetings.kind.code)
KIND_OF = {"branch": "committee", "leaders": "leaders"}
BODIES = {"branch": "支委会", "leaders": "班子会"}
CATEGORIES = {"decision": "重大决策", "personnel": "重要人事任免", "project": "重大项目安排", "fund": "大额度资金运作"}
THEMES = {"plan": "① 重要规划、重大部署", "staff": "② 员工群众利益", "project": "③ 重大项目、大额资金"}

LIVE = ("running", "stopped")
ENDED = ("closed", "rejected", "withdrawn")
# a step behind which the next may open; an urgent decision is one until a meeting has ratified it, and shows red
PASSED = ("done", "excepted", "urgent")

# conclusions of a step's form with which the matter cannot go on
BLOCKING = ("不合规", "不可行")
SIMILAR = 0.6
SHORTEST_KEYWORD = 2


# ── 清单 ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Clause:
    """One line of the list, as far as catching goes."""

    code: str
    title: str
    category: str
    threshold: Decimal | None = None
    keywords: tuple[str, ...] = ()
    scope: str = ""


@dataclass(frozen=True)
class Facts:
    """What is known of a matter when it is registered. `amount` in 万元."""

    title: str
    category: str
    amount: Decimal | None = None
    scope: str = ""
    keywords: tuple[str, ...] = ()
    counterparty: str = ""


@dataclass(frozen=True)
class Catch:
    """A line of the list that catches a matter, and why."""

    code: str
    title: str
    why: tuple[str, ...]
    strength: int


def write_sum(amount: Decimal) -> str:
    """Return '50' of Decimal('50.00'): a sum without idle zeros."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def catch_matter(clauses: Iterable[Clause], facts: Facts, *, together: Decimal | None = None) -> list[Catch]:
    """Return the lines that catch a matter, the strongest first.

    A line with a threshold catches by its sum within its category; where it names keywords too, only what bears one of them, and then also
    a matter whose sum is not known yet. A line without a threshold catches by a
    keyword in title, scope or keywords. `together` is the sum with what may have been split off: it counts like the matter's own.
    """
    found = [catch for clause in clauses if (catch := judge(clause, facts, together)) is not None]
    return sorted(found, key=lambda catch: -catch.strength)


def judge(clause: Clause, facts: Facts, together: Decimal | None) -> Catch | None:
    text = " ".join((facts.title, facts.scope, *facts.keywords))
    hits = [word for word in clause.keywords if len(word) >= SHORTEST_KEYWORD and word in text]
    same = clause.category == facts.category
    why, strength = [], 0
    amount = facts.amount
    if clause.threshold is not None:
        if not same or (clause.keywords and not hits):
            return None
        if amount is not None and amount >= clause.threshold:
            why.append(f"金额 {write_sum(amount)} 万元,达到 {write_sum(clause.threshold)} 万元")
        elif together is not None and together >= clause.threshold:
            why.append(f"疑似拆分,合计 {write_sum(together)} 万元,达到 {write_sum(clause.threshold)} 万元")
        elif amount is not None or not hits:
            return None
        strength += 4
    if hits:
        why.append(f"含“{'”“'.join(hits)}”")
        strength += 2 + len(hits)
    if not why:
        return None
    if same:
        why.append(f"属{CATEGORIES[clause.category]}")
        strength += 3
    return Catch(clause.code, clause.title, tuple(why), strength)


def find_faults_of_steps(kinds: Sequence[str], *, front: bool) -> list[str]:
    """Return what is wrong with the steps of a line: unknown, twice, out of order, or one missing that may not."""
    faults = []
    unknown = [kind for kind in kinds if kind not in STEPS or kind in EXCEPTION_STEPS]
    if unknown:
        return [f"没有“{'、'.join(unknown)}”这种步骤。"]
    if len(set(kinds)) != len(kinds):
        faults.append("同一步骤写了两次。")
    if list(kinds) != sorted(kinds, key=ORDER.index):
        faults.append("步骤次序不对:应按源头参与、深度介入、调研论证、征求意见、合法合规审查、风险评估、前置研究、集体决策、执行、后评估。")
    missing = [STEPS[kind] for kind in ("source", *ALWAYS) if kind not in kinds]
    if missing:
        faults.append(f"不能缺少:{'、'.join(missing)}。")
    if front and "front" not in kinds:
        faults.append("注明须前置研究的事项必须有“前置研究”这一步。")
    if not front and "front" in kinds:
        faults.append("有“前置研究”这一步的事项须注明前置研究。")
    return faults


# ── 拆分 ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Sum:
    """A matter with money, as far as splitting goes."""

    key: int
    number: str
    title: str
    category: str
    amount: Decimal
    day: date
    counterparty: str = ""


@dataclass(frozen=True)
class Split:
    """Sums below the threshold that together reach it. `total` includes the new one."""

    total: Decimal
    threshold: Decimal
    others: tuple[Sum, ...]
    why: str


def is_alike(one: str, other: str) -> bool:
    """Tell whether two titles speak of the same thing: numbers and counting words left out."""
    first, second = strip_counting(one), strip_counting(other)
    return bool(first and second) and SequenceMatcher(None, first, second, autojunk=False).ratio() >= SIMILAR


def strip_counting(title: str) -> str:
    idle = set("0123456789一二三四五六七八九十第()()期批次号段-—、·. 年月")
    return "".join(sign for sign in title if sign not in idle)


def find_split(new: Sum, others: Iterable[Sum], *, threshold: Decimal, days: int) -> Split | None:
    """Return with which earlier sums the new one would reach the threshold, or None.

    Only sums below the threshold count (what reaches it is caught by itself), of the same category, within `days` before or after, with
    the same counterparty or a similar title.
    """
    if new.amount >= threshold:
        return None
    name = "".join(new.counterparty.split())
    near = [
        one
        for one in others
        if one.key != new.key and one.category == new.category and one.amount < threshold and abs((one.day - new.day).days) <= days
    ]
    partner = [one for one in near if name and "".join(one.counterparty.split()) == name]
    alike = [one for one in near if one not in partner and is_alike(one.title, new.title)]
    together = sorted([*partner, *alike], key=lambda one: (one.day, one.key))
    total = new.amount + sum((one.amount for one in together), Decimal(0))
    if not together or total < threshold:
        return None
    reasons = []
    if partner:
        reasons.append(f"同一对方“{new.counterparty.strip()}”")
    if alike:
        reasons.append("名称相近")
    numbers = "、".join(one.number for one in together)
    why = f"{days} 天内与 {numbers} {'、'.join(reasons)},合计 {write_sum(total)} 万元,达到 {write_sum(threshold)} 万元,每一笔都低于限额。"
    return Split(total, threshold, tuple(together), why)


def is_just_below(amount: Decimal, limit: Decimal) -> bool:
    """Tell whether a sum lies below a limit by a tenth of it at most."""
    return limit * Decimal("0.9") <= amount < limit


# ── 关口 ────────────────────────────────────────────────────────────────────────────────


def find_next(states: Sequence[tuple[str, str]]) -> int | None:
    """Return the place of the step that comes next among (kind, state): the first that has not passed; None where all have.

    >>> find_next([("source", "done"), ("survey", "open")])
    1
    """
    return next((place for place, (_kind, state) in enumerate(states) if state not in PASSED), None)


def find_bar_to_step(kind: str, *, state: str, matter: str, before: Iterable[str]) -> str:
    """Return why a step cannot be completed now, or ''. Nobody is above this."""
    if matter == "stopped":
        return "本事项已被叫停,恢复之前任何一步都不能办理。"
    if matter != "running":
        return "本事项已经办结。"
    if any(one not in PASSED for one in before):
        return f"前面的步骤还没有完成,不能办理“{STEPS[kind]}”。"
    if state != "open":
        return f"“{STEPS[kind]}”现在不在办理中。"
    return ""


@dataclass(frozen=True)
class Sitting:
    """One matter at one meeting, as the record of the meeting says. People are ids; `names` has their names.

    `members` are those entitled to vote; `recused` of them left for this matter; `needed` is how many the meeting's table demands.
    """

    body: str
    name: str
    held_on: date
    members: tuple[int, ...]
    present: tuple[int, ...]
    recused: tuple[int, ...]
    agree: int
    oppose: int
    abstain: int
    passed: bool
    needed: int = 0
    form: str = ""
    presider: str = ""
    because: str = ""
    resolution: str = ""
    observers: tuple[str, ...] = ()
    away: tuple[str, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)
    meeting: int | None = None
    item: int | None = None


def count_base(sitting: Sitting) -> int:
    """Return how many are entitled to decide: the members without those who recused themselves."""
    return len(set(sitting.members) - set(sitting.recused))


def count_voters(sitting: Sitting) -> int:
    """Return how many of the entitled were in the room."""
    return len((set(sitting.members) & set(sitting.present)) - set(sitting.recused))


def list_stayed(sitting: Sitting, interested: Iterable[int]) -> list[str]:
    """Return the names of the interested who were there and did not leave."""
    there = (set(sitting.members) & set(sitting.present)) - set(sitting.recused)
    return [sitting.names.get(pk, str(pk)) for pk in interested if pk in there]


def find_bars_to_sitting(sitting: Sitting, *, body: str, interested: Iterable[int]) -> list[str]:
    """Return why the result of a sitting does not count for a step, or nothing."""
    if sitting.body != body:
        return [f"应由{BODIES[body]}研究,这是{BODIES.get(sitting.body, sitting.body)}的结果。"]
    bars = []
    base, voters = count_base(sitting), count_voters(sitting)
    needed = max(sitting.needed, base // 2 + 1)
    if voters < needed:
        bars.append(f"到会人数不够:除回避的外到会 {voters} 人,须 {needed} 人。")
    stayed = list_stayed(sitting, interested)
    if stayed:
        bars.append(f"应回避而没有回避:{'、'.join(stayed)}。")
    if sitting.agree + sitting.oppose + sitting.abstain > voters:
        bars.append(f"表决票数多于有表决权的到会人数 {voters}。")
    if sitting.passed and sitting.agree * 2 <= voters:
        bars.append(f"赞成 {sitting.agree} 票,没有超过到会 {voters} 人的半数,不能通过。")
    return bars


@dataclass(frozen=True)
class SamePeople:
    """Two bodies with the same people on one matter."""

    names: tuple[str, ...]
    same_day: bool


def find_same_people(first: Iterable[int], second: Iterable[int], names: Mapping[int, str], *, same_day: bool) -> SamePeople | None:
    """Return who decided twice, where those present at both are the same people; None where they differ."""
    one, other = set(first), set(second)
    if not one or one != other:
        return None
    return SamePeople(tuple(sorted(names.get(pk, str(pk)) for pk in one)), same_day)


# ── 叫停 ────────────────────────────────────────────────────────────────────────────────


def find_bar_to_curing(actor: int, *, owner: int, target: int) -> str:
    """Return why this person may not report the cure of a stop, or ''."""
    return "" if actor in (owner, target) else "由事项责任人或被叫停步骤的责任人报告纠正情况。"


def find_bar_to_reconsidering(actor: int, *, owner: int, target: int, curer: int | None) -> str:
    """Return why this person may not judge the cure, or ''."""
    if actor in (owner, target) or actor == curer:
        return "责任人和报告纠正情况的人不能复议自己的事项。"
    return ""


def find_bar_to_resuming(actor: int, *, owner: int, target: int, curer: int | None, stopper: int) -> str:
    """Return why this person may not let a stopped matter go on, or ''."""
    if actor == stopper:
        return "叫停的人不能自己恢复,须另一人批准。"
    if actor in (owner, target) or actor == curer:
        return "责任人和报告纠正情况的人不能恢复自己的事项。"
    return ""


def find_bar_to_excepting(actor: int, *, asker: int, owner: int, step_owner: int) -> str:
    """Return why this person may not approve an exception, or ''."""
    if actor == asker:
        return "申请例外的人不能批准自己的申请。"
    if actor in (owner, step_owner):
        return "事项和步骤的责任人不能批准自己的例外。"
    return ""


def find_bar_to_publishing(actor: int, writers: Iterable[int]) -> str:
    """Return why this account may not put a version of the list into force, or ''."""
    return "改过这一版清单的人不能发布它,须由另一人发布。" if actor in set(writers) else ""


def make_number(year: int, count: int, *, exception: bool = False) -> str:
    """Return the number of the count-th matter of a year: 'JC-2026-0012', an exception 'LW-2026-0012'."""
    return f"{'LW' if exception else 'JC'}-{year}-{count:04d}"
