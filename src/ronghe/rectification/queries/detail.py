"""What the page and the print of one item show: its rounds, measures, proofs with files, requests; and what this reader may do next."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.audit.queries import format_time
from ronghe.common import registry
from ronghe.common.calendar import today
from ronghe.documents.models import Document
from ronghe.org.standing import standing_of
from ronghe.rectification import permissions
from ronghe.rectification.models import Item, Measure, Proof, Request
from ronghe.rectification.rules import STEPS, find_bar_to_deciding, is_watched

PICTURES = ("image/jpeg", "image/png", "image/webp")


@dataclass(frozen=True)
class FileLine:
    name: str
    url: str
    size: str
    is_picture: bool


@dataclass(frozen=True)
class ProofLine:
    round: int
    text: str
    filed: str
    verdict: str
    tone: str
    decided: str
    note: str
    files: list[FileLine] = field(default_factory=list)


@dataclass(frozen=True)
class MeasureLine:
    pk: int
    round: int
    text: str
    responsible: str
    due: str
    done: str
    late: bool
    may: str = ""  # the address of 完成 or 撤回, for whoever may


@dataclass(frozen=True)
class RequestLine:
    pk: int
    kind: str
    about: str
    dates: str
    reason: str
    asked: str
    state: str
    tone: str
    decided: str
    note: str
    waits_for: str
    may_decide: bool


@dataclass(frozen=True)
class OccurrenceLine:
    round: int
    source: str
    name: str
    url: str
    note: str
    found: str


@dataclass(frozen=True)
class NextStep:
    """What comes next: for whoever may take it a button, for the others what they wait for."""

    text: str
    url: str = ""
    label: str = ""


def list_measures(item: Item, user: Any = None) -> list[MeasureLine]:
    """Return the measures, with the button of whoever may note them done. One query."""
    open_now = item.state in ("curing", "returned")
    day = today()
    lines = []
    for row in Measure.objects.filter(item=item).select_related("responsible"):
        row.item = item
        done = row.done_on is not None
        may = open_now and user is not None and permissions.may_finish_measure(user, row)
        url = reverse(f"rectification:measure-{'resume' if done else 'finish'}", args=[item.pk, row.pk]) if may else ""
        late = not done and item.is_live and row.due < day
        lines.append(MeasureLine(row.pk, row.round, row.text, row.responsible.name, str(row.due), str(row.done_on or ""), late, url))
    return lines


def list_proofs(item: Item) -> list[ProofLine]:
    """Return the proofs with their files, newest first. Two queries."""
    rows = list(Proof.objects.filter(item=item).select_related("filed_by", "decided_by").order_by("-id"))
    files: dict[int, list[FileLine]] = {}
    if rows:
        kind = ContentType.objects.get_for_model(Proof)
        for one in Document.objects.filter(object_type=kind, object_id__in=[row.pk for row in rows]):
            line = FileLine(one.name, reverse("documents:download", args=[one.pk]), format_size(one.size), one.media_type in PICTURES)
            files.setdefault(one.object_id, []).append(line)
    tones = {"pending": "blue", "accepted": "green", "returned": "red", "dropped": ""}
    return [
        ProofLine(
            row.round,
            row.text,
            f"{row.filed_by.name} {format_time(row.filed_at)}",
            row.get_verdict_display(),
            tones[row.verdict],
            f"{row.decided_by.name} {format_time(row.decided_at)}" if row.decided_by and row.decided_at else "",
            row.note,
            files.get(row.pk, []),
        )
        for row in rows
    ]


def list_requests(item: Item, user: Any) -> list[RequestLine]:
    """Return the requests, newest first, and whether this reader may decide on them. One query."""
    me = standing_of(user).person_id or 0
    may = permissions.may_decide(user, item)
    tones = {"asked": "yellow", "approved": "green", "declined": "red", "dropped": ""}
    rows = Request.objects.filter(item=item).select_related("asked_by", "approver", "decided_by", "measure").order_by("-id")
    return [
        RequestLine(
            row.pk,
            row.get_kind_display(),
            row.measure.text if row.measure else "",
            f"{row.old_due} → {row.new_due}" if row.new_due else "",
            row.reason,
            f"{row.asked_by.name} {format_time(row.asked_at)}",
            row.get_state_display(),
            tones[row.state],
            f"{row.decided_by.name} {format_time(row.decided_at)}" if row.decided_by and row.decided_at else "",
            row.note,
            row.approver.name,
            row.state == "asked" and may and not find_bar_to_deciding(me, owner=item.owner_id, asker=row.asked_by_id),
        )
        for row in rows
    ]


def list_occurrences(item: Item) -> list[OccurrenceLine]:
    """Return each time that the problem was found, with the way to what it was found on. One query."""
    return [
        OccurrenceLine(
            row.round,
            row.source_name,
            row.origin_name,
            registry.find_link(f"{row.origin_type.app_label}.{row.origin_type.model}", row.origin_id) if row.origin_type else "",
            row.note,
            f"{row.found_by.name} {format_time(row.found_at)}",
        )
        for row in item.occurrences.select_related("origin_type", "found_by")
    ]


def find_next_step(item: Item, user: Any, left: int) -> NextStep:
    """Return the next step of a live item for this reader; `left` is how many measures are not yet carried out."""
    state = item.state
    who = item.holder.name if item.holder else ""
    if not item.is_live:
        return NextStep("")
    waiting = NextStep(_("等 %(who)s 在 %(due)s 前%(step)s。") % {"who": who, "step": STEPS[state], "due": item.step_due})
    if state in ("open", "recurred") and permissions.may_plan(user, item):
        text = _("请写明原因,定下措施、落实人和期限。")
        return NextStep(text, reverse("rectification:plan", args=[item.pk]), _("制定整改方案"))
    if state in ("curing", "returned") and permissions.may_prove(user, item):
        text = _("还有 %(n)d 条措施没有登记完成。") % {"n": left} if left else _("措施都已完成,可以提交证明。")
        return NextStep(text, reverse("rectification:proof", args=[item.pk]), _("提交整改证明"))
    if state == "proving" and permissions.may_verify(user, item):
        return NextStep(_("请核实证明,销号或退回。"), reverse("rectification:verify", args=[item.pk]), _("验证"))
    return waiting


def list_other_steps(item: Item, user: Any) -> list[tuple[str, str, str]]:
    """Return (address, icon, label) of what else this reader may do."""
    steps = []

    def offer(may: bool, name: str, label: str, *, icon: str) -> None:
        if may:
            steps.append((reverse(f"rectification:{name}", args=[item.pk]), icon, label))

    live, state = item.is_live, item.state
    offer(state in ("curing", "returned") and permissions.may_plan(user, item), "plan", _("补充措施"), icon="playlist-add")
    offer(live and state != "proving" and permissions.may_ask_move(user, item), "move", _("申请延期"), icon="calendar-time")
    offer(live and permissions.may_ask_void(user, item), "void", _("申请认定不成立"), icon="file-x")
    offer(live and permissions.may_hand_over(user, item), "reassign", _("改派"), icon="user-share")
    watched = state == "closed" and is_watched(item.ended_on, item.watch_days, today())
    offer(watched and permissions.may_reopen(user, item), "reopen", _("重复发生,重新打开"), icon="rotate-clockwise")
    return steps


def format_size(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, size // 1024)} KB"
