"""Works on one line each, a work with its stages and forms, types with their versions."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.common.calendar import today
from ronghe.common.lights import Light, light_for
from ronghe.common.links import link_to
from ronghe.common.own_fields import list_filled
from ronghe.common.registry import Hit
from ronghe.documents.models import Document
from ronghe.org.standing import standing_of
from ronghe.supervision.models.works import Work, WorkForm, WorkQuerySet, WorkVersion
from ronghe.supervision.permissions import may_check_form, may_fill_form, may_move_form
from ronghe.supervision.rules.works import OPEN

TONES = {"waiting": "", "open": "blue", "filed": "yellow", "returned": "red", "checked": "green"}
WORK_TONES = {"running": "blue", "stopped": "red", "done": "green"}


@dataclass(frozen=True)
class StagePart:
    """A stage in a work's line: done, now (with the light of its latest form), or to come."""

    name: str
    state: str
    light: str
    word: str
    note: str


@dataclass(frozen=True)
class WorkLine:
    pk: int
    name: str
    type: str
    unit: str
    owner: str
    amount: str
    state: str
    tone: str
    stages: list[StagePart]
    stage: str
    light: str
    word: str
    note: str
    share: int
    stops: int
    url: str


def list_works(rows: WorkQuerySet) -> WorkQuerySet:
    """Return works with what their lines want: forms checked, forms in all, stops."""
    return (
        rows.select_related("edition__type", "unit", "owner")
        .annotate(
            all_forms=Count("forms", distinct=True),
            checked_forms=Count("forms", filter=Q(forms__state="checked"), distinct=True),
            stop_count=Count("stops", distinct=True),
        )
        .order_by("-starts_on", "-id")
    )


def map_dues(works: list[Work]) -> dict[int, date]:
    """Return work → the earliest date of a form of its open stage that is not checked. One query."""
    found: dict[int, date] = {}
    rows = WorkForm.objects.filter(work__in=works, state__in=("open", "returned", "filed")).order_by("due")
    for pk, due in rows.values_list("work_id", "due"):
        found.setdefault(pk, due)
    return found


def describe_work(work: Any, due: date | None, day: date) -> WorkLine:
    light = light_for(due, day, done=work.state == Work.State.DONE)
    if work.state == Work.State.STOPPED:
        light = Light("red", "红灯", str(_("已叫停")))
    stages = []
    for number, stage in enumerate(work.edition.stages):
        state = "done" if number < work.stage else "now" if number == work.stage else "next"
        own = light if state == "now" else Light("done" if state == "done" else "grey", "已核验" if state == "done" else "未开放")
        stages.append(StagePart(stage["name"], state, own.state, own.word, own.note))
    share = round(100 * work.checked_forms / work.all_forms) if work.all_forms else 0
    amount = f"{work.amount:f}" if work.amount is not None else ""
    return WorkLine(
        work.pk, work.name, work.edition.type.name, work.unit.name, work.owner.name, amount, work.get_state_display(),
        WORK_TONES[work.state], stages, work.stage_name, light.state, light.word, light.note, share, work.stop_count,
        link_to("supervision:work", work.pk),
    )  # fmt: skip


@dataclass(frozen=True)
class FormLine:
    """One form of a work, and what this reader may do with it."""

    pk: int
    name: str
    filler: str
    checker: str
    due: str
    state: str
    tone: str
    light: str
    word: str
    note: str
    said: str
    may_fill: bool
    may_check: bool
    may_move: bool


@dataclass(frozen=True)
class StageBlock:
    number: int
    name: str
    is_open: bool
    is_done: bool
    forms: list[FormLine]


def list_stages(work: Work, user: Any) -> list[StageBlock]:
    """Return a work's stages with their forms. One query."""
    day, running = today(), work.state == Work.State.RUNNING
    blocks = [StageBlock(n, stage["name"], n == work.stage, n < work.stage, []) for n, stage in enumerate(work.edition.stages)]
    for form in WorkForm.objects.filter(work=work).select_related("filler", "checker"):
        form.work = work
        light = light_for(form.due, day, done=form.state == WorkForm.State.CHECKED)
        grey = form.state == WorkForm.State.WAITING
        blocks[form.stage].forms.append(
            FormLine(
                form.pk, form.name, form.filler.name, form.checker.name, str(form.due), form.get_state_display(), TONES[form.state],
                "grey" if grey else light.state, str(_("未开放")) if grey else light.word, light.note, form.note,
                running and form.state in OPEN and form.stage == work.stage and may_fill_form(user, form),
                running and form.state == WorkForm.State.FILED and may_check_form(user, form),
                form.state != WorkForm.State.CHECKED and may_move_form(user, form),
            )
        )  # fmt: skip
    return blocks


def list_values(form: WorkForm) -> list[tuple[str, str]]:
    return list_filled(form.fields, form.values)


def list_files(forms: list[WorkForm]) -> dict[int, list[Document]]:
    """Return form → its files. One query."""
    found: dict[int, list[Document]] = {}
    rows = Document.objects.filter(object_type__app_label="supervision", object_type__model="workform", object_id__in=[f.pk for f in forms])
    for row in rows:
        found.setdefault(row.object_id, []).append(row)
    return found


def search_works(user: Any, query: str, limit: int) -> list[Hit]:
    text = query.strip()
    rows = Work.objects.visible_to(user).filter(Q(name__icontains=text) | Q(purpose__icontains=text)).select_related("edition__type")
    return [Hit("重点工程", row.name, row.edition.type.name, link_to("supervision:work", row.pk)) for row in rows[:limit]]


def list_versions(area_id: int) -> list[WorkVersion]:
    """Return the versions of an area's types, newest first within each. One query."""
    return list(WorkVersion.objects.filter(area_id=area_id).select_related("type", "published_by__person").order_by("type_id", "-number"))


def filter_works(rows: WorkQuerySet, chosen: dict[str, Any], user: Any) -> WorkQuerySet:
    state = chosen.get("state") or "live"
    if state == "live":
        rows = rows.exclude(state="done")
    elif state == "mine":
        me = standing_of(user).person_id or 0
        rows = rows.filter(Q(owner_id=me) | Q(forms__filler_id=me) | Q(forms__checker_id=me)).exclude(state="done").distinct()
    elif state != "all":
        rows = rows.filter(state=state)
    if chosen.get("unit"):
        rows = rows.filter(unit_id=chosen["unit"])
    return rows


def find_form_page(pk: int) -> str:
    """Return the page of a form: within its work. One query."""
    found = WorkForm.objects.filter(pk=pk).values_list("work_id", flat=True).first()
    return reverse("supervision:work-form", args=[found, pk]) if found is not None else ""
