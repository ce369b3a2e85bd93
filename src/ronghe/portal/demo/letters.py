"""The demo's 责任清单 and 责任书: lists issued in January and received, letters signed by most, one in each other state (M16, M21)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ronghe.accounts.models import User
from ronghe.common.calendar import add_working_days
from ronghe.duties.actions.handovers import finish_handover, hand_over, sign_handover
from ronghe.duties.actions.lists import issue_list, receive_list, start_list
from ronghe.duties.models import DutyVersion, Receipt
from ronghe.letters.actions.drafts import draft_letters, redraft_letter, return_letter, save_letter, send_letter, withdraw_letter
from ronghe.letters.actions.reviews import answer_review, review_letter
from ronghe.letters.actions.signing import follow_posts, sign_letter
from ronghe.letters.actions.templates import adopt_templates
from ronghe.letters.models import Letter, LetterLine, LetterTemplate
from ronghe.letters.paper import archive
from ronghe.letters.queries.parties import list_parties
from ronghe.letters.rules import review_opens
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Appointment, PartyOrg, Person, Post
from ronghe.portal.demo.diary import Story
from ronghe.portal.demo.load import Loaded, moment_of

UNREAD = 5  # every so manieth has not received the list yet
ARCHIVED = 2  # letters whose PDF is made at once; the nightly tick makes the others


def account(person: Person) -> Any:
    return User.objects.get(pk=person.user_id)


def issue_lists(loaded: Loaded, area: str) -> Story:
    """Write the list of every leader and group from the pack and the matrix, issue them, let most receive theirs."""
    unit, year = loaded.units[area], loaded.world.today.year
    day = date(year, 1, 8)
    yield moment_of(day, 9)
    by = loaded.holder("branch_secretary", area, day)
    owners: list[dict[str, Any]] = [{"post": post} for post in Post.objects.filter(area=unit, kind__in=LEADERS, closed_on=None)]
    owners += [{"group": group} for group in PartyOrg.objects.filter(area=unit, kind="group", closed_on=None)]
    versions = [start_list(by=by, **owner) for owner in owners]
    yield moment_of(date(year, 1, 12), 10)
    for version in versions:
        issue_list(DutyVersion.objects.get(pk=version.pk), valid_from=date(year, 1, 12), by=by)
    yield moment_of(date(year, 1, 14), 16)
    waiting = Receipt.objects.filter(version__in=versions, at=None).select_related("version", "person").order_by("pk")
    for number, row in enumerate(list(waiting), 1):
        if number % UNREAD and row.person.user_id:
            receive_list(row.version, by=account(row.person))


def sign_year(loaded: Loaded, area: str) -> Story:
    """Adopt the templates, draft, sign; a chief who moves ends a letter; among the leaders one letter in each other state."""
    unit, today = loaded.units[area], loaded.world.today
    day = date(today.year, 1, 16)
    yield moment_of(day, 9)
    by = loaded.holder("branch_secretary", area, day)
    adopt_templates(unit, by=by)
    first = Post.objects.filter(area=unit, kind="branch_secretary").first()
    assert first is not None
    made: dict[str, list[Letter]] = {}
    for template in LetterTemplate.objects.filter(area=unit):
        posts = [
            party.post for party in list_parties(template, today.year, day) if party.person and party.person.user_id and party.post != first
        ]
        made[template.whom] = draft_letters(template, year=today.year, first_post=first, posts=posts, by=by)
    yield moment_of(day + timedelta(days=1), 9)
    for letter in made["group"]:
        send_letter(letter, by=by)
    yield moment_of(add_working_days(day, 3), 15)
    for letter in made["group"]:
        sign_both(letter)
    for letter in made["group"][:ARCHIVED]:
        archive(Letter.objects.get(pk=letter.pk))
    leaders = made["leader"]
    ends = today.replace(day=1) - timedelta(days=1)
    phase = leaders.pop(0) if leaders and review_opens(ends) > date(today.year, 1, 31) else None
    if phase is not None:
        yield from begin_phase(phase, ends, by)
    yield from follow_changes([letter.pk for letter in made["group"]], today)
    if phase is not None:
        yield from review_one(phase, ends)
    yield from vary(leaders, today, by)


def sign_both(letter: Letter) -> None:
    """Let 乙方 sign, then 甲方."""
    letter = Letter.objects.get(pk=letter.pk)
    for person in (letter.second, letter.first):
        sign_letter(letter, digest=letter.digest, how="password", by=account(person))


def follow_changes(pks: list[int], today: date) -> Iterator[Any]:
    """On the day after a party left the post its letter ends; ten days later the successor has signed anew."""
    rows = Letter.objects.filter(pk__in=pks)
    last: dict[int, Any] = dict(
        Appointment.objects.filter(post__in=rows.values("second_post"), valid_to__lt=today).values_list("post_id", "valid_to")
    )
    for row in sorted(rows.filter(second_post__in=last), key=lambda row: last[row.second_post_id]):
        ended = last[row.second_post_id]
        if ended <= date(today.year, 2, 1) or ended >= today - timedelta(days=12):
            continue
        yield moment_of(ended + timedelta(days=1), 8)
        follow_posts(ended + timedelta(days=1))
        letter = Letter.objects.get(pk=row.pk)
        if letter.state != Letter.State.REPLACED:
            continue
        yield moment_of(add_working_days(ended, 5), 10)
        anew = redraft_letter(letter, by=account(letter.first))
        if anew.second.user_id:
            send_letter(anew, by=account(anew.first))
            yield moment_of(add_working_days(ended, 7), 10)
            sign_both(anew)


def vary(letters: list[Letter], today: date, by: Any) -> Iterator[Any]:
    """Bring the leaders' letters into their states: in force, waiting, returned, withdrawn; the others stay drafts."""
    yield moment_of(today - timedelta(days=5), 10)
    for letter in letters[:4]:
        send_letter(letter, by=by)
    yield moment_of(today - timedelta(days=3), 10)
    for letter in letters[:1]:
        sign_both(letter)
    for letter in letters[1:2]:
        letter = Letter.objects.get(pk=letter.pk)
        sign_letter(letter, digest=letter.digest, how="password", by=account(letter.first))
    for letter in letters[2:3]:
        return_letter(letter, reason="油地关系一条与生产运行一条重复,请并为一条", by=account(letter.second))
    for letter in letters[3:4]:
        withdraw_letter(letter, reason="分工调整后再签", by=by)


def begin_phase(letter: Letter, ends: date, by: Any) -> Iterator[Any]:
    """A letter of a phase shorter than the year, signed in January."""
    rows: list[Any] = [
        (row.kind, row.category, row.what, row.how, row.degree) for row in LetterLine.objects.filter(letter=letter).order_by("order")
    ]
    yield moment_of(date(ends.year, 1, 20), 9)
    save_letter(letter, rows=rows, valid_from=letter.valid_from, valid_to=ends, extra="本责任书为阶段责任书,期满评议后另签。", by=by)
    send_letter(letter, by=by)
    yield moment_of(date(ends.year, 1, 22), 9)
    sign_both(letter)


def review_one(letter: Letter, ends: date) -> Iterator[Any]:
    """At the end of its phase a letter is reviewed line by line, and answered."""
    yield moment_of(review_opens(ends) + timedelta(days=20), 9)
    pks = list(LetterLine.objects.filter(letter=letter).values_list("pk", flat=True))
    verdicts = {pk: ("done", "") if number % 6 else ("partly", "三季度检查少一次,四季度补上") for number, pk in enumerate(pks, 1)}
    review_letter(Letter.objects.get(pk=letter.pk), verdicts=verdicts, summary="总体完成,检查频次还要跟上。", by=account(letter.first))
    yield moment_of(review_opens(ends) + timedelta(days=21), 9)
    answer_review(Letter.objects.get(pk=letter.pk), answer="无异议,少的一次已列入下月计划。", by=account(letter.second))


def be_away(loaded: Loaded, area: str) -> Story:
    """A station chief was away for four days last week: handed over, signed by both, everything brought back."""
    unit, today = loaded.units[area], loaded.world.today
    gone, back = today - timedelta(days=9), today - timedelta(days=5)
    yield moment_of(gone, 8)
    held = Appointment.objects.on(gone).filter(post__area=unit, post__kind="station_chief", acting=False, person__user__is_active=True)
    row = held.select_related("person", "post").order_by("-post__unit__order", "pk").first()
    mate = Person.objects.filter(unit=row.post.unit, left_on=None, user__is_active=True).exclude(pk=row.person_id).first() if row else None
    if row is None or mate is None:
        return
    head = loaded.holder("area_manager", area, gone)
    made = hand_over(row.person, receiver=mate, kind="absence", starts_on=gone, ends_on=back, note="参加厂班站长培训班", by=head)
    yield moment_of(gone, 10)
    sign_handover(made, by=account(row.person))
    sign_handover(made, by=account(mate))
    yield moment_of(back, 18)
    finish_handover(made, by=account(row.person))
