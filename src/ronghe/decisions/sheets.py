"""The 三重一大 ledger of 41 columns: one row a matter and meeting. What the product does not know stays empty."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from ronghe.common.exports import Sheet
from ronghe.decisions.models import Matter, Outcome, Step
from ronghe.decisions.queries.matters import label_step
from ronghe.decisions.rules import THEMES, Sitting, count_base, count_voters
from ronghe.org.models import Appointment

DISCIPLINE = "discipline"

HEADS = (
    "议题编号(内部使用)", "议题名称", "议题提出部门", "适用治理主体权责清单文件名及文号", "适用治理主体权责清单事项编号(含三重一大编号)及具体事项",
    "议题决策程序(根据权责清单确定)", "三重一大分类(根据权责清单中的三重一大编号判断)", "三重一大系统事项编码", "议题类型1(业务领域)", "议题类型2",
    "议题类型3", "投资类议题金额(万元)", "投资类议题是否开展专项调研", "投资类议题是否开展重大投资项目评价及反馈", "是否董事会授权",
    "议题类型(原一览表要求)", "是否涉及合规审核", "是否涉及职工权益", "是否属于依托治理型行权管控事项", "是否党委前置研究讨论", "是否召开专门委员会",
    "是否报国资委", "会议时间", "会议名称", "会议形式", "主持人", "参会人", "领导参会详情", "领导请假情况", "应到人数", "实到人数", "投票同意",
    "投票反对", "投票弃权", "投票结果", "是否涉及回避原则", "是否满足出席人数要求(原一览表要求)", "纪委书记是否列席", "总法律顾问/合规官是否列席",
    "是否召开沟通会", "列席部门/单位、具体人员",
)  # fmt: skip


def build_ledger(rows: Sequence[Matter]) -> Sheet:
    """Return the ledger; wants select_related(unit, edition, rule) and prefetch of steps and outcomes. One query of its own."""
    discipline = list_discipline({matter.area_id for matter in rows})
    return Sheet(_("三重一大台账"), HEADS, [line for matter in rows for line in list_lines(matter, discipline)])


def list_discipline(areas: Iterable[int]) -> list[Appointment]:
    """Return who held the post of 纪检委员 in the areas, and when."""
    held = Appointment.objects.filter(post__area_id__in=list(areas)).select_related("post")
    return [one for one in held if DISCIPLINE in one.post.committee]


def list_lines(matter: Matter, discipline: Sequence[Appointment] = ()) -> list[list[Any]]:
    """Return a row for each meeting that resolved on the matter; one without a meeting where none has yet."""
    steps = list(matter.steps.all())
    outcomes: list[Outcome | None] = list(matter.outcomes.all())
    consult = next((step for step in steps if step.kind == "consult"), None)
    return [[*list_matter(matter, steps), *list_sitting(outcome, consult, discipline)] for outcome in outcomes or [None]]


def list_matter(matter: Matter, steps: Sequence[Step]) -> list[Any]:
    """Return the first 22 columns."""
    by_kind = {step.kind: step for step in steps}
    rule = matter.rule
    invests = matter.amount is not None and matter.category in ("project", "fund")
    survey, evaluate = by_kind.get("survey"), by_kind.get("evaluate")
    return [
        matter.number,
        matter.title,
        matter.unit.name,
        f"{matter.edition.name}(第 {matter.edition.number} 版)",
        f"{rule.order} {rule.title}" if rule else "",
        "→".join(label_step(step, matter) for step in steps),
        matter.get_category_display(),
        rule.system_code if rule else "",
        matter.field,
        THEMES[rule.theme] if rule else "",
        rule.title if rule else "",
        matter.amount if invests else "",
        say_done(survey) if invests else "",
        say_done(evaluate) if invests else "",
        _("不涉及"),  # an area has no board
        "例外" if matter.is_exception else "限额以下备案" if matter.kind == Matter.Kind.RECORD else matter.get_category_display(),
        say_done(by_kind["legal"], waits="是") if "legal" in by_kind else "否",
        say(rule is not None and (rule.theme == "staff" or "consult" in by_kind)) if rule else "",
        say(rule.controlled) if rule else "",
        say_done(by_kind.get("front")),
        _("不涉及"),  # an area has no special committees
        say(rule.reported) if rule else "",
    ]


def list_sitting(outcome: Outcome | None, consult: Step | None, discipline: Sequence[Appointment]) -> list[Any]:
    """Return the last 19 columns."""
    if outcome is None:
        return [""] * 19
    sitting = outcome.read_sitting()
    if sitting is None:
        return [outcome.held_on, outcome.name, _("会外紧急决定"), *[""] * 9, _("紧急决定"), *[""] * 6]
    names = {pk: sitting.names.get(pk, "") for pk in sitting.members}
    present = [name for pk, name in names.items() if pk in sitting.present]
    away = "、".join(sitting.away)
    return [
        sitting.held_on,
        sitting.name,
        sitting.form,
        sitting.presider,
        "、".join(present),
        "、".join(present) if not away else f"{'、'.join(present)};{away}",
        away,
        len(sitting.members),
        len(present),
        sitting.agree,
        sitting.oppose,
        sitting.abstain,
        _("通过") if outcome.passed else _("未通过"),
        say_recused(sitting),
        say(count_voters(sitting) >= max(sitting.needed, count_base(sitting) // 2 + 1)),
        say_discipline(sitting, discipline),
        _("不涉及"),  # an area has none
        str(consult.values.get("talked", "")) if consult is not None else "否",
        "、".join(sitting.observers),
    ]


def say_done(step: Step | None, *, waits: str = "否") -> str:
    """Return whether a step was taken; what an exception or an urgent decision passed over was not, and the ledger says so."""
    if step is not None and step.state == Step.State.EXCEPTED:
        return "否(紧急决定)" if step.note.startswith("紧急决定") else "否(例外)"
    return "是" if step is not None and step.state == Step.State.DONE else waits


def say(value: bool) -> str:
    return "是" if value else "否"


def say_discipline(sitting: Sitting, discipline: Sequence[Appointment]) -> str:
    """Return whether the 纪检委员 of that day was there; being a member of the bodies, as one of those who decide."""
    own = {
        one.person_id
        for one in discipline
        if one.valid_from <= sitting.held_on and (one.valid_to is None or sitting.held_on <= one.valid_to)
    }
    there = [sitting.names.get(pk, "") for pk in sitting.present if pk in own]
    if there:
        return f"是({'、'.join(there)},纪检委员、成员)"
    return "否" if own & set(sitting.members) else "否(纪检委员不在成员中)"


def say_recused(sitting: Sitting) -> str:
    names = "、".join(sitting.names.get(pk, "") for pk in sitting.recused)
    return f"是({names})" if names else "否"
