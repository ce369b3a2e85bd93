"""季度检查, pure: what a sheet asks, what its marks come to. Every mark can be added again by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

VERDICTS = {"full": "做到", "part": "部分做到", "none": "没做到", "na": "不适用"}
SHARES = {"full": Decimal(1), "part": Decimal("0.5"), "none": Decimal(0)}
INPUTS = "五项输入核对"
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Asked:
    """One line of a sheet: a duty, or one of the five inputs whose reported figures are held against what is there."""

    category: str
    what: str
    degree: str
    key: str


@dataclass(frozen=True)
class Answer:
    verdict: str
    note: str = ""


def name_line(category: str, what: str) -> str:
    """Return how a line is called in a title: an input by its name, without the figures that stand behind it on the sheet."""
    return what.split(":", 1)[0] if category == INPUTS else what


def find_score(verdicts: Iterable[str]) -> Decimal | None:
    """Return the mark out of 100: each line that applies counts the same, 部分做到 half; None where none applies."""
    counted = [SHARES[one] for one in verdicts if one in SHARES]
    if not counted:
        return None
    return (sum(counted, Decimal(0)) * 100 / len(counted)).quantize(TENTH, ROUND_HALF_UP)


def say_score(verdicts: Sequence[str]) -> str:
    """Return the sum in words, so that it can be added again."""
    counts = {code: sum(one == code for one in verdicts) for code in VERDICTS}
    whole = len(verdicts) - counts["na"]
    score = find_score(verdicts)
    if score is None:
        return "没有适用的条目,不计分"
    return f"做到 {counts['full']} 条 ×1 + 部分做到 {counts['part']} 条 ×0.5,除以适用的 {whole} 条 ×100 = {score}"


def find_faults(answers: Sequence[Answer]) -> dict[int, str]:
    """Return place → what is missing: a verdict, or what is wrong where something was not reached."""
    faults = {}
    for place, one in enumerate(answers):
        if one.verdict not in VERDICTS:
            faults[place] = "还没选"
        elif one.verdict in ("part", "none") and not one.note.strip():
            faults[place] = "没有做到的,写清看到什么问题"
    return faults


def assign(units: Sequence[tuple[int, frozenset[int]]], checkers: Sequence[int]) -> dict[int, int]:
    """Return unit → checker: in turn, nobody where they are at home or lead; units with nobody else stay out."""
    loads = dict.fromkeys(checkers, 0)
    found = {}
    for unit, barred in units:
        able = [one for one in checkers if one not in barred]
        if able:
            chosen = min(able, key=lambda one: (loads[one], checkers.index(one)))
            loads[chosen] += 1
            found[unit] = chosen
    return found
