"""Quorum and vote: how many must be there, how many must agree, and how a recusal changes both."""

from dataclasses import dataclass

# classes of matters; 'info' is heard, not decided
CLASSES = {"ordinary": "一般事项", "personnel": "人事事项", "major": "重大事项", "info": "通报学习"}
DECIDED = ("ordinary", "personnel", "major")
FORMS = {"oral": "口头", "hands": "举手", "secret": "无记名"}
VOTES = {"yes": "同意", "no": "不同意", "abstain": "弃权"}
# where those who are recused leave the base, fewer than this cannot decide (after 《公司法》 on related directors)
SMALLEST = 3


@dataclass(frozen=True)
class Share:
    """'More than' (`strict`) or 'at least' a fraction: 1/2 strict of 7 is 4, 2/3 of 7 is 5."""

    numerator: int
    denominator: int
    strict: bool

    def needed(self, base: int) -> int:
        """Return the smallest whole number that satisfies the share of a base."""
        whole, rest = divmod(base * self.numerator, self.denominator)
        if self.strict:
            return whole + 1
        return whole + (1 if rest else 0)

    def __str__(self) -> str:
        word = "半数" if (self.numerator, self.denominator) == (1, 2) else f"{self.denominator}分之{self.numerator}"
        return f"超过{word}" if self.strict else f"不少于{word}"


@dataclass(frozen=True)
class Rule:
    """One cell of the table kind × class.

    `attend`: the share of those entitled who must be there. `passing`: the share of `base` ('entitled' or 'present') who must agree.
    `recusal` 'leave': those recused count neither as entitled nor as present, and fewer than SMALLEST left cannot decide;
    'stay': they remain among those entitled, yet are not present for this item, so a recusal never makes a quorum easier.
    """

    attend: Share
    passing: Share
    base: str = "present"
    recusal: str = "stay"


@dataclass(frozen=True)
class Room:
    """Who counts for one item: with a vote only. `recused` of those present, `recused_away` of those who are not."""

    entitled: int
    present: int
    recused: int = 0
    recused_away: int = 0

    def __post_init__(self) -> None:
        if not (0 <= self.recused <= self.present <= self.entitled and 0 <= self.recused_away <= self.entitled - self.present):
            raise ValueError(self)


@dataclass(frozen=True)
class Base:
    """What the shares are taken of, after recusals."""

    entitled: int
    present: int


@dataclass(frozen=True)
class Tally:
    yes: int
    no: int
    abstain: int

    @property
    def total(self) -> int:
        return self.yes + self.no + self.abstain


@dataclass(frozen=True)
class Verdict:
    passed: bool
    needed: int
    because: str


def count_base(rule: Rule, room: Room) -> Base:
    """Return the base of quorum and vote for one item."""
    if rule.recusal == "leave":
        return Base(room.entitled - room.recused - room.recused_away, room.present - room.recused)
    return Base(room.entitled, room.present - room.recused)


def count_spare(rule: Rule, room: Room) -> int:
    """Return how many of those present may still leave before there is no quorum; below 0 so many are missing."""
    base = count_base(rule, room)
    return base.present - max(rule.attend.needed(base.entitled), 1)


def find_bar_to_deciding(rule: Rule, room: Room) -> str:
    """Return why the item can't be decided by those who are there, or ''."""
    base = count_base(rule, room)
    if rule.recusal == "leave" and base.entitled < SMALLEST and room.recused + room.recused_away:
        return f"回避后只剩 {base.entitled} 人有表决权,少于 {SMALLEST} 人,应提交上级研究。"
    needed = rule.attend.needed(base.entitled)
    if base.present < needed or base.present == 0:
        return f"未达到法定人数:{describe_room(room)}须{rule.attend}即 {needed} 人参加本项表决,现有 {base.present} 人。"
    return ""


def describe_room(room: Room) -> str:
    """Return '应到 7 人,实到 6 人,回避 1 人,'."""
    away = room.recused + room.recused_away
    return f"应到 {room.entitled} 人,实到 {room.present} 人," + (f"回避 {away} 人," if away else "")


def judge_vote(rule: Rule, room: Room, tally: Tally) -> Verdict:
    """Return whether the item is carried. Raises ValueError for more votes than people, or without a quorum: nothing is decided then."""
    base = count_base(rule, room)
    if min(tally.yes, tally.no, tally.abstain) < 0 or tally.total > base.present:
        raise ValueError("more votes than people who may vote")
    bar = find_bar_to_deciding(rule, room)
    if bar:
        raise ValueError(bar)
    total = base.entitled if rule.base == "entitled" else base.present
    needed = rule.passing.needed(total)
    of_whom = "应到" if rule.base == "entitled" else "到会"
    passed = tally.yes >= needed
    left = base.present - tally.total
    text = f"{describe_room(room)}同意 {tally.yes}、不同意 {tally.no}、弃权 {tally.abstain}" + (f"、未投或无效 {left}" if left else "")
    word = "通过" if passed else "未通过"
    return Verdict(passed, needed, f"{text};须{of_whom}有表决权的 {total} 人中{rule.passing}即 {needed} 人同意:{word}。")
