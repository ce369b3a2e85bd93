"""Who hears, in the same transaction, that something was done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ronghe.common.registry.base import Registry

# export watchers: name → function(export, user), called in the transaction that logs an export
export_watchers: Registry[Callable[[Any, Any], None]] = Registry()
# followers: name → function(row, by), called in the transaction that decides on a batch or an adjustment, or takes it back
followers: Registry[Callable[[Any, Any], None]] = Registry()


@dataclass(frozen=True)
class EventKind:
    """Something of which other systems may be told: an act on an object (`label`) that the audit knows by one of `verbs`.

    `write(row)` says what leaves the house: numbers, codes, states and dates, no person and no text that people write; None: nothing does.
    """

    title: Any
    label: str
    verbs: tuple[str, ...]
    write: Callable[[Any], dict[str, Any] | None]


# events: code ('item.closed') → what other systems may be told of; webhooks hears of each act as it is recorded
events: Registry[EventKind] = Registry()
# witnesses: name → function(object, verb, area id), called in the transaction that records an act
witnesses: Registry[Callable[[Any, str, int | None], None]] = Registry()


def tell_witnesses(obj: Any, verb: str, area_id: int | None) -> None:
    for hear in witnesses.values():
        hear(obj, verb, area_id)


# endings: name → function(label, pk), called in the transaction that ends what was opened for an origin (整改 closed, 督办 done)
endings: Registry[Callable[[str, int], None]] = Registry()


def tell_ending(label: str, pk: int | None) -> None:
    """Tell whoever found it that something which stood for it has ended: it may be solved now."""
    if label and pk is not None:
        for hear in endings.values():
            hear(label, pk)


def tell_followers(row: Any, by: Any) -> None:
    """Tell what looks down on this row (an objection that waits for its correction) that its state has changed."""
    for follow in followers.values():
        follow(row, by)
