"""The minutes, drafted from the record: plain texts in, one text out. People edit the draft until both have confirmed it."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Said:
    name: str
    text: str
    vote: str = ""


@dataclass(frozen=True)
class ItemRecord:
    """What happened on one item of the agenda."""

    title: str
    matter_class: str
    reporter: str
    text: str = ""
    recused: Sequence[str] = field(default=())
    said: Sequence[Said] = field(default=())
    form: str = ""
    because: str = ""
    resolution: str = ""
    outcome: str = ""
    assigned: Sequence[str] = field(default=())
    in_room: bool = False


@dataclass(frozen=True)
class Record:
    """What happened at a meeting."""

    title: str
    when: str
    place: str
    presider: str
    recorder: str
    present: Sequence[str]
    away: Sequence[str]
    guests: Sequence[str]
    entitled: int
    short_notice: str = ""
    items: Sequence[ItemRecord] = field(default=())


NUMBERS = "一二三四五六七八九十"


def number_item(place: int) -> str:
    """Return '一' for 1, up to '九十九'."""
    if place <= 10:
        return NUMBERS[place - 1]
    tens, ones = divmod(place, 10)
    return (NUMBERS[tens - 1] if tens > 1 else "") + "十" + (NUMBERS[ones - 1] if ones else "")


def draft_minutes(record: Record) -> str:
    """Return the draft."""
    lines = [
        f"时间:{record.when}",
        f"地点:{record.place or '—'}",
        f"主持人:{record.presider}    记录人:{record.recorder}",
        f"应到 {record.entitled} 人,实到 {len(record.present)} 人:{'、'.join(record.present) or '—'}",
    ]
    if record.away:
        lines.append(f"请假、缺席:{'、'.join(record.away)}")
    if record.guests:
        lines.append(f"列席:{'、'.join(record.guests)}")
    if record.short_notice:
        lines.append(f"紧急召开的理由:{record.short_notice}")
    for place, item in enumerate(record.items, 1):
        lines += ["", *write_item(place, item)]
    return "\n".join(lines)


def write_item(place: int, item: ItemRecord) -> list[str]:
    """Return the lines of one item."""
    mark = "(临时动议)" if item.in_room else ""
    lines = [f"{number_item(place)}、{item.title}({item.matter_class}){mark}"]
    if item.reporter:
        lines.append(f"汇报人:{item.reporter}")
    if item.recused:
        lines.append(f"回避:{'、'.join(item.recused)}")
    lines += [f"{said.name}:{said.text}{f'({said.vote})' if said.vote else ''}" for said in item.said]
    if item.form:
        lines.append(f"表决方式:{item.form}。{item.because}")
    if item.resolution:
        lines.append(f"{item.outcome}:{item.resolution}" if item.outcome else item.resolution)
    elif item.outcome:
        lines.append(f"结果:{item.outcome}")
    lines += [f"落实:{text}" for text in item.assigned]
    return lines
