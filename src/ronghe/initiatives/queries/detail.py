"""What the page of one idea shows: its materials, its shares as far as this reader may see them, and what may be done next."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.audit.queries import format_time
from ronghe.documents.models import Document
from ronghe.initiatives import permissions
from ronghe.initiatives.models import Idea, Proof, Share
from ronghe.initiatives.queries.alike import AlikeLine, describe_alike
from ronghe.initiatives.queries.ideas import show_amount
from ronghe.initiatives.rules import STEPS
from ronghe.org.standing import standing_of

PICTURES = ("image/jpeg", "image/png", "image/webp")
PROOF_TONES = {"done": "blue", "verified": "green", "returned": "red"}
SHARE_TONES = {"asked": "yellow", "agreed": "green", "declined": "red", "dropped": ""}


@dataclass(frozen=True)
class FileLine:
    name: str
    url: str
    is_picture: bool


@dataclass(frozen=True)
class ProofLine:
    kind: str
    tone: str
    text: str
    filed: str
    files: list[FileLine] = field(default_factory=list)


@dataclass(frozen=True)
class ShareLine:
    pk: int
    person: str
    work: str
    percent: str
    amount: str
    state: str
    tone: str
    note: str
    mine: bool


@dataclass(frozen=True)
class Step:
    """What comes next for this reader: a sentence, and for whoever may take it a button."""

    text: str
    url: str = ""
    label: str = ""


def list_proofs(idea: Idea) -> list[ProofLine]:
    """Return the materials with their files, newest first. Two queries."""
    rows = list(Proof.objects.filter(idea=idea).select_related("filed_by").order_by("-id"))
    files: dict[int, list[FileLine]] = {}
    if rows:
        kind = ContentType.objects.get_for_model(Proof)
        for one in Document.objects.filter(object_type=kind, object_id__in=[row.pk for row in rows]):
            line = FileLine(one.name, reverse("documents:download", args=[one.pk]), one.media_type in PICTURES)
            files.setdefault(one.object_id, []).append(line)
    return [
        ProofLine(
            row.get_kind_display(),
            PROOF_TONES[row.kind],
            row.text,
            f"{row.filed_by.name} {format_time(row.filed_at)}",
            files.get(row.pk, []),
        )
        for row in rows
    ]


def list_shares(idea: Idea, user: Any) -> list[ShareLine]:
    """Return the shares of the standing proposal that this reader may see. One query."""
    me = standing_of(user).person_id
    measure = idea.get_measure_display()
    rows = Share.objects.visible_to(user).filter(idea=idea, round=idea.share_round).select_related("person")
    return [
        ShareLine(
            row.pk,
            row.person.name,
            row.work,
            f"{row.percent:f}%",
            show_amount(row.amount, measure),
            row.get_state_display(),
            SHARE_TONES[row.state],
            row.note,
            row.person_id == me and row.state == Share.State.ASKED and idea.state == Idea.State.VERIFIED,
        )
        for row in rows
    ]


def list_likenesses(idea: Idea) -> list[AlikeLine]:
    """Return the earlier ideas that this one resembled when it was proposed. One query."""
    rows = idea.likenesses.select_related("earlier__unit")
    return [describe_alike(row.earlier, row.degree) for row in rows]


def find_next_step(idea: Idea, user: Any) -> Step:
    """Return the next step of a live idea for this reader."""
    if not idea.is_live:
        return Step("")
    state = idea.state
    to = lambda name: reverse(f"initiatives:{name}", args=[idea.pk])  # noqa: E731
    if state == "proposed" and permissions.may_decide(user, idea):
        return Step(_("采纳的,定下谁来做、何时完成;不采纳的,写明理由。"), to("decide"), _("受理"))
    if state == "doing" and permissions.may_finish(user, idea):
        return Step(_("做完后写明结果、附上材料,由经营核实效益。"), to("finish"), _("提交成果"))
    if state == "verifying" and permissions.may_verify(user, idea):
        return Step(_("请按计量办法核实效益;数可以和预计不同。"), to("verify"), _("核实效益"))
    if state == "verified" and permissions.may_share(user, idea):
        text = _("请和参与的人商定份额,每个人都同意后计入贡献。")
        return Step(text, to("shares"), _("重新商定份额") if idea.share_round else _("商定份额"))
    who = idea.holder.name if idea.holder else ""
    return Step(_("等 %(who)s 在 %(due)s 前%(step)s。") % {"who": who, "due": idea.step_due, "step": STEPS[state]})


def list_other_steps(idea: Idea, user: Any) -> list[tuple[str, str, str]]:
    """Return (address, icon, label) of what else this reader may do."""
    steps = []

    def offer(may: bool, name: str, label: str, *, icon: str) -> None:
        if may:
            steps.append((reverse(f"initiatives:{name}", args=[idea.pk]), icon, label))

    offer(idea.state == "proposed" and permissions.may_withdraw(user, idea), "withdraw", _("撤回"), icon="arrow-back-up")
    offer(idea.state == "doing" and permissions.may_stop(user, idea), "stop", _("终止"), icon="player-stop")
    offer(idea.is_live and permissions.may_reassign(user, idea), "reassign", _("改派"), icon="user-share")
    return steps
