"""纳入绩效 (M6), pure: from grades and the unit's result to coefficients, from a pool to amounts that add up to it to the cent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction

CENT, FOUR = Decimal("0.01"), Decimal("0.0001")
LOW, HIGH = Fraction(8, 10), Fraction(12, 10)  # how far a unit's result may move a person's coefficient


@dataclass(frozen=True)
class Coefficient:
    """A person's coefficient with the sentence that lets one do the sum by hand; none where the rule has no band for the grade."""

    value: Decimal | None
    because: str


def find_factor(own: Decimal | None, mean: Decimal | None) -> Fraction | None:
    """Return how a unit's result stands to its track's mean, within the bounds; None where one of them is missing."""
    if own is None or not mean:
        return None
    return min(HIGH, max(LOW, Fraction(own) / Fraction(mean)))


def find_coefficient(grade: str, bands: Mapping[str, Decimal], share: Decimal, factor: Fraction | None) -> Coefficient:
    """Return band × ((100 − share) + share × the unit's factor) ÷ 100: 双挂钩. Without a unit's result the whole follows the person."""
    band = bands.get(grade)
    if band is None:
        return Coefficient(None, f"规则里没有「{grade or '未评定'}」的系数")
    if not share or factor is None:
        why = "" if not share else ";本人没有所带单位的考核结果,不挂钩"
        return Coefficient(band.quantize(FOUR), f"{grade} {band:f}{why}")
    value = Fraction(band) * (100 - Fraction(share) + Fraction(share) * factor) / 100
    shown = round_at(factor, FOUR)
    text = f"{grade} {band:f} × ({plain(100 - share)}% + {plain(share)}% × 单位 {shown}) = {round_at(value, FOUR)}"
    return Coefficient(round_at(value, FOUR), text)


def split_pool(pool: Decimal, coefficients: Sequence[Decimal]) -> list[Decimal]:
    """Split a pool by coefficients so that the parts add up to it exactly: largest remainder at the cent, ties to the first."""
    whole = sum(coefficients, Decimal(0))
    if not whole:
        return [Decimal("0.00") for _one in coefficients]
    exact = [Fraction(pool) * Fraction(one) / Fraction(whole) for one in coefficients]
    parts = [(Decimal(one.numerator) / Decimal(one.denominator)).quantize(CENT, ROUND_FLOOR) for one in exact]
    left = int((pool - sum(parts, Decimal(0))) / CENT)
    order = sorted(range(len(parts)), key=lambda place: (Fraction(parts[place]) - exact[place], place))
    for place in order[:left]:
        parts[place] += CENT
    return parts


def find_faults(bands: Sequence[Mapping[str, object]], share: Decimal, grades: Sequence[str]) -> str:
    """Return what is wrong with a rule, or '': a band for each grade, falling from the best, a share from 0 to 100."""
    names = [str(one["grade"]) for one in bands]
    if names != list(grades):
        return f"每个等次要有一个系数,顺序是:{'、'.join(grades)}。"
    values = [Decimal(str(one["coefficient"])) for one in bands]
    if any(value < 0 or value > 3 for value in values) or values != sorted(values, reverse=True):
        return "系数须在 0 到 3 之间,好的等次不低于差的。"
    if not 0 <= share <= 100:
        return "挂钩比例须在 0 到 100% 之间。"
    return ""


def round_at(value: Fraction, places: Decimal) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(places, ROUND_HALF_UP)


def plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
