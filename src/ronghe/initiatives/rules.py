"""The rules of 创效, pure: who decides and verifies, how a benefit is shared to the last cent, which ideas are alike."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_FLOOR, Decimal

LIVE = ("proposed", "doing", "verifying", "verified")
ENDED = ("declined", "withdrawn", "stopped", "fruitless", "credited")

STEPS = {
    "proposed": "受理创效建议",
    "doing": "实施并提交成果",
    "verifying": "核实效益",
    "verified": "商定贡献份额",
}

CENT = Decimal("0.01")
WHOLE = Decimal(100)
ALIKE = 0.34

# kind of contribution → the post that decides where the unit's chief does not; then the manager, then the secretary
FIELD_LEADERS = {"output": "deputy_geology", "value": "deputy_business", "safety": "deputy_production"}
ABOVE = ("area_manager", "branch_secretary")


def make_number(year: int, count: int) -> str:
    """Return the number of the count-th idea of a year: 'CX-2026-0012'."""
    return f"CX-{year}-{count:04d}"


def list_levels(kind: str) -> list[str]:
    """Return the posts that decide on an idea, from its own unit upwards."""
    return ["station_chief", FIELD_LEADERS[kind], *ABOVE]


def find_bar_to_deciding(actor: int, *, proposer: int) -> str:
    """Return why this person may not decide, or ''."""
    return "提出人不能受理自己的建议。" if actor == proposer else ""


def find_bar_to_verifying(actor: int, *, proposer: int, owner: int | None, credited: Iterable[int]) -> str:
    """Return why this person may not verify the benefit, or '': never the proposer, the owner or whoever gains from it."""
    if actor == proposer:
        return "提出人不能核实自己建议的效益。"
    if actor == owner:
        return "实施责任人不能核实自己实施的效益。"
    if actor in set(credited):
        return "受益人不能核实与自己有关的效益。"
    return ""


def find_fault_in_shares(percents: Sequence[Decimal]) -> str:
    """Return what is wrong with the shares, or '': each above nothing at two decimals, together exactly 100 %."""
    if not percents:
        return "请至少写一位贡献人。"
    for percent in percents:
        if percent <= 0 or percent > WHOLE:
            return "每份须大于 0、不超过 100。"
        if percent != percent.quantize(CENT):
            return "份额最多两位小数。"
    total = sum(percents, Decimal(0))
    if total != WHOLE:
        gap = WHOLE - total
        return f"合计 {total:f}%,{'还差' if gap > 0 else '多出'} {abs(gap):f}%。合计必须正好 100%。"
    return ""


def split_amount(total: Decimal, percents: Sequence[Decimal]) -> list[Decimal]:
    """Split an amount by shares that add up to 100 % so that the parts add up to it exactly: largest remainder at the cent.

    Equal remainders go to the larger share, then to the one named first.
    """
    exact = [total * percent / WHOLE for percent in percents]
    parts = [one.quantize(CENT, ROUND_FLOOR) for one in exact]
    left = int((total - sum(parts, Decimal(0))) / CENT)
    order = sorted(range(len(parts)), key=lambda n: (parts[n] - exact[n], -percents[n], n))
    for n in order[:left]:
        parts[n] += CENT
    return parts


def cut_pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring signs of a text, without spaces and punctuation: what two Chinese texts have in common."""
    plain = [sign for sign in text.lower() if sign.isalnum()]
    return frozenset(a + b for a, b in zip(plain, plain[1:], strict=False))


def measure_likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how alike two texts are by their pairs, from 0 to 1 (Dice)."""
    if not one or not other:
        return 0.0
    return 2 * len(one & other) / (len(one) + len(other))


def find_alike(title: str, problem: str, earlier: Iterable[tuple[int, str, str]], *, limit: int = 3) -> list[tuple[int, float]]:
    """Return (pk, likeness) of the earlier (pk, title, problem) that are most like the new idea, the likest first.

    Titles are compared with titles; whole texts too, so that the same problem under another name is found.
    """
    head, body = cut_pairs(title), cut_pairs(f"{title}{problem}")
    found = []
    for pk, other_title, other_problem in earlier:
        likeness = max(measure_likeness(head, cut_pairs(other_title)), measure_likeness(body, cut_pairs(f"{other_title}{other_problem}")))
        if likeness >= ALIKE:
            found.append((pk, round(likeness, 2)))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]


def reach_percent(value: Decimal | None, target: Decimal) -> int | None:
    """Return how much of a target is reached, in whole per cent rounded down; None without a value."""
    if value is None or target <= 0:
        return None
    return int(value * 100 / target)
