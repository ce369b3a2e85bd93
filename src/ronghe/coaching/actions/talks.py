"""谈话: notice → record of four parts → both confirm → follow-ups. A record that one of the two does not find right goes back."""

from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.coaching.actions.measures import begin_following, lock_live
from ronghe.coaching.actions.steps import CONFIRM, expect, expect_carrying, person_of, require_text, settle, tell
from ronghe.coaching.models import Measure, Talk
from ronghe.coaching.permissions import may_carry, may_confirm
from ronghe.coaching.rules.kinds import TALK
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, today

CONFIRM_DAYS = 3
PARTS = ("problem", "cause", "promise", "help")


@action
def give_notice(measure: Measure, *, meets_on: date, meets_at: time, place: str, notice: str, by: Any, version: int | None = None) -> Talk:
    """Tell the person when and where the talk is, and about what. Giving it again moves the talk."""
    measure = lock_live(measure, Measure.State.OPEN, version=version)
    require(may_carry, by, measure)
    if measure.kind.way != TALK or measure.person is None:
        raise Refused(_("这项措施不是谈话。"))
    require_text(place=place)
    if meets_on < today():
        raise ValidationError({"meets_on": _("谈话日期不能早于今天。")})
    talk, _made = Talk.objects.update_or_create(
        measure=measure,
        defaults={"meets_on": meets_on, "meets_at": meets_at, "place": place.strip(), "notice": notice.strip(), "noticed_on": today()},
    )
    measure.save()
    record(by=by, verb="通知谈话", obj=measure, area_id=measure.area_id, note=f"{meets_on} {meets_at:%H:%M} {talk.place}")
    text = _("%(kind)s:%(day)s %(at)s,%(place)s") % {
        "kind": measure.kind.name, "day": meets_on, "at": f"{meets_at:%H:%M}", "place": talk.place,
    }  # fmt: skip
    tell([measure.person], measure, text, by=by)
    return talk


@action
def record_talk(measure: Measure, *, parts: dict[str, str], by: Any, version: int | None = None) -> Talk:
    """Write down the talk: problem, cause, promise, help offered. Both are asked to confirm it."""
    measure = lock_live(measure, Measure.State.OPEN, version=version)
    require(may_carry, by, measure)
    talk = Talk.objects.select_for_update().filter(measure=measure).first()
    if talk is None or measure.person is None:
        raise Refused(_("请先通知本人谈话的时间和地点。"))
    if talk.meets_on > today():
        raise Refused(_("谈话定在 %(day)s,还没有到。") % {"day": talk.meets_on})
    require_text(**{name: parts.get(name, "") for name in PARTS})
    for name in PARTS:
        setattr(talk, name, parts[name].strip())
    talk.owner_confirmed_on = talk.person_confirmed_on = None
    talk.save()
    measure.file_record()
    measure.save()
    due = add_working_days(today(), CONFIRM_DAYS)
    people = [measure.owner, measure.person]
    expect(measure, CONFIRM, people, _("%(kind)s:请核对并确认谈话记录") % {"kind": measure.kind.name}, due=due, area_id=measure.area_id)
    record(by=by, verb="谈话记录", obj=measure, area_id=measure.area_id)
    tell(people, measure, _("谈话记录已写好,请核对确认"), by=by)
    return talk


@action
def confirm_talk(measure: Measure, *, words: str, by: Any, version: int | None = None) -> Measure:
    """Confirm the record; the person may add own words. When both have, the talk is carried out and the follow-ups begin."""
    measure = lock_live(measure, Measure.State.CONFIRMING, version=version)
    require(may_confirm, by, measure)
    me, talk = person_of(by), lock_row(measure.talk)
    is_person = measure.person_id == me.pk
    if (talk.person_confirmed_on if is_person else talk.owner_confirmed_on) is not None:
        raise Refused(_("您已经确认过。"))
    if is_person:
        talk.person_confirmed_on, talk.words = today(), words.strip()
    else:
        talk.owner_confirmed_on = today()
    talk.save()
    settle(measure, CONFIRM, _("已确认"), owner=me)
    record(by=by, verb="确认谈话记录", obj=measure, area_id=measure.area_id)
    if talk.owner_confirmed_on and talk.person_confirmed_on:
        measure.result = _("谈话记录已由双方确认")
        begin_following(measure)
        tell([measure.person, measure.owner, measure.decided_by], measure, _("谈话记录双方都已确认"), by=by)
    else:
        measure.save()
    return measure


@action
def return_talk(measure: Measure, *, words: str, by: Any, version: int | None = None) -> Measure:
    """Say that the record is not what was said; whoever wrote it writes it anew. What was said against it stays."""
    measure = lock_live(measure, Measure.State.CONFIRMING, version=version)
    require(may_confirm, by, measure)
    if measure.person_id != person_of(by).pk:
        raise Refused(_("由本人提出记录不符;谈话人要改,请本人退回。"))
    require_text(words=words)
    talk = lock_row(measure.talk)
    talk.words, talk.owner_confirmed_on, talk.person_confirmed_on = words.strip(), None, None
    talk.save()
    measure.return_record()
    measure.save()
    settle(measure, CONFIRM, _("记录不符,已退回"), dropped=True)
    expect_carrying(measure)
    record(by=by, verb="退回谈话记录", obj=measure, area_id=measure.area_id)
    tell([measure.owner], measure, _("谈话记录被退回,请按实际谈话重写"), by=by)
    return measure
