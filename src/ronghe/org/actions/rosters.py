"""A 花名册: kept as it was read, shown, and taken in as a whole or not at all; its first passwords are handed out once."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.accounts.models import User
from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import now
from ronghe.common.retention import Cut, Kind, kinds, span_of
from ronghe.org.actions.party import join_group
from ronghe.org.actions.people import appoint, make_password, register_person
from ronghe.org.actions.posts import make_post
from ronghe.org.models import PartyOrg, Person, Post, Roster, Unit
from ronghe.org.packs import read_organisation
from ronghe.org.permissions import is_system_admin
from ronghe.org.roster import Line, RosterReading, dump_roster, load_roster
from ronghe.org.rules import number_login

# a random first password of 14 letters needs no slow hash; the owner's own, which replaces it at once, gets one
FIRST_ITERATIONS = 10_000
KEPT = timedelta(days=7)


@action
def keep_roster(area: Unit, *, data: bytes, name: str, found: RosterReading, by: Any) -> Roster:
    """Keep a list of people with its reading for its sender to look at. Nobody is saved."""
    require(is_system_admin, by, area)
    Roster.objects.filter(author=by, area=area, taken_at=None).exclude(data=None).update(data=None, reading={})
    return Roster.objects.create(area=area, author=by, name=name[:200], data=data, reading=dump_roster(found))


@action
def take_roster(roster: Roster, *, by: Any, accounts: bool, version: int | None = None) -> Roster:
    """Take in everybody on the list, with posts, 党小组 and, where asked, accounts. All of them or nobody; the file's content is dropped."""
    roster = lock_row(roster, version=version)
    require(is_system_admin, by, roster)
    if roster.taken_at is not None:
        raise Refused(_("这份花名册已经导入过。"))
    if roster.author_id != by.pk or not roster.reading:
        raise Refused(_("这份花名册已经失效,请重新上传。"))
    found = load_roster(roster.reading)
    if not found.is_clean:
        raise Refused(_("表里还有 %(count)d 处问题,请改好后重新上传;一个人也没有导入。") % {"count": len(found.errors)})
    taker = Taker(roster.area, by, accounts=accounts)
    people = []
    for line in found.lines:
        try:
            people.append(taker.take(line))
        except ValidationError as problem:
            raise Refused(
                _("第 %(row)d 行 %(name)s:%(why)s 一个人也没有导入。")
                % {"row": line.row, "name": line.name, "why": " ".join(problem.messages)}
            ) from None
    roster.taken_at, roster.data, roster.reading = now(), None, {}
    roster.save()
    roster.people.set(people)
    record(by=by, verb="导入花名册", obj=roster, area_id=roster.area_id, note=f"{len(people)} 人" + (",同时开立账号" if accounts else ""))
    return roster


class Taker:
    """Takes in the people of one list, by the same actions as the pages."""

    def __init__(self, area: Unit, by: Any, *, accounts: bool) -> None:
        self.area = area
        self.by = by
        self.accounts = accounts
        self.units = {unit.code: unit for unit in Unit.objects.filter(area=area, closed_on=None)}
        self.groups = {row.name: row for row in PartyOrg.objects.filter(area=area, kind=PartyOrg.Kind.GROUP, closed_on=None)}
        self.posts = {(post.unit_id, post.kind): post for post in Post.objects.filter(area=area, closed_on=None).select_related("unit")}
        self.logins = {name.lower() for name in User.objects.values_list("username", flat=True)}

    def take(self, line: Line) -> Person:
        unit = self.units.get(line.unit)
        if unit is None:
            raise ValidationError(_("单位已撤销或改动,请重新上传。"))
        since = date.fromisoformat(line.since)
        person = register_person(name=line.name, number=line.number, unit=unit, by=self.by)
        if line.group:
            if line.group not in self.groups:
                raise ValidationError(_("党小组已撤销或改动,请重新上传。"))
            join_group(person, self.groups[line.group], status=line.status, valid_from=since, by=self.by)
        for kind in line.posts or ("staff",):
            appoint(person, self.find_post(unit, kind), valid_from=since, by=self.by)
        if self.accounts or line.login:
            login = line.login or number_login(person.sort_key.replace(" ", "") or line.number.lower(), self.logins)
            self.logins.add(login)
            self.open_account(person, login)
        return person

    def find_post(self, unit: Unit, kind: str) -> Post:
        """Return the post of a kind in the unit, or in the area for the area's; one that lacks is set up."""
        place = self.area if read_organisation().posts[kind].scope == "area" else unit
        if (place.pk, kind) not in self.posts:
            self.posts[place.pk, kind] = make_post(place, kind, by=self.by)
        return self.posts[place.pk, kind]

    def open_account(self, person: Person, login: str) -> None:
        """Open an account that nobody can log in to before the first passwords are handed out."""
        if User.objects.filter(username__iexact=login).exists():
            raise ValidationError(_("登录名 %(login)s 已有人使用。") % {"login": login})
        user = User.objects.create_user(login, None, must_change_password=True)
        Person.objects.filter(pk=person.pk).update(user=user)
        record(by=self.by, verb="开立账号", obj=person, area_id=person.area_id, note=login)


@action
def give_passwords(roster: Roster, *, by: Any) -> list[tuple[str, str, str, str, str]]:
    """Make the first passwords of a list's accounts and return (unit, name, 工号, login name, password), once and never again."""
    roster = lock_row(roster)
    require(is_system_admin, by, roster)
    if roster.author_id != by.pk or roster.taken_at is None:
        raise Refused(_("这份花名册还没有导入。"))
    if roster.passwords_given_at is not None:
        raise Refused(_("首次密码只发放一次;有人没拿到,请在他的页面上重置密码。"))
    rows = []
    people = (
        roster.people.exclude(user=None).filter(user__last_login=None).select_related("user", "unit").order_by("unit__order", "sort_key")
    )
    for person in people:
        user, password = person.user, make_password()
        if user is None:
            continue
        user.password, user.must_change_password = hash_first_password(password), True
        user.save(update_fields=["password", "must_change_password"])
        rows.append((person.unit.name, person.name, person.number, user.username, password))
    if not rows:
        raise Refused(_("没有要发放首次密码的账号。"))
    roster.passwords_given_at = now()
    roster.save()
    record(by=by, verb="发放首次密码", obj=roster, area_id=roster.area_id, note=f"{len(rows)} 个账号")
    return rows


def list_stale(cut: Cut) -> QuerySet[Roster]:
    """Return lists that were uploaded and never taken in within a week: names and numbers are not kept for nothing."""
    return Roster.objects.filter(taken_at=None, created_at__lt=cut.before - KEPT).exclude(data=None).exclude(area_id__in=cut.spared)


@action
def drop_stale(cut: Cut, limit: int) -> int:
    """Drop their content."""
    return Roster.objects.filter(pk__in=list(list_stale(cut).values_list("pk", flat=True)[:limit])).update(data=None, reading={})


def register() -> None:
    """Tell 保存期限 of them."""
    kinds.add(
        "rosters",
        Kind(
            gettext_lazy("未导入的花名册"), gettext_lazy("上传后没有导入的人员表"), "empty", lambda cut: span_of(list_stale(cut), "created_at"),
            drop_stale, by_area=True, own_term=gettext_lazy("上传后 7 天"),
        ),
    )  # fmt: skip


def hash_first_password(password: str) -> str:
    """Return the hash of a random first password, quick enough for 300 of them in one request."""
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        return hasher.encode(password, hasher.salt(), iterations=FIRST_ITERATIONS)
    return hasher.encode(password, hasher.salt())
