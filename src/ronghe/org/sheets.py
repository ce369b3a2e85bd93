"""Between the organisation in the database and the reader of rosters, which knows plain values only."""

import re
from collections.abc import Sequence

from ronghe.accounts.models import User
from ronghe.common.calendar import today
from ronghe.common.exports import Sheet
from ronghe.common.sheets.container import NotASheetError
from ronghe.common.sheets.grid import SheetTooLargeError
from ronghe.common.sheets.limits import MAX_BYTES
from ronghe.common.sheets.sandbox import ChildFailedError, read_grids
from ronghe.org.kinds import ADMINISTRATORS, LEADERS, POST_TITLES
from ronghe.org.models import PartyOrg, Person, Unit
from ronghe.org.packs import Pack, PostKind, read_organisation
from ronghe.org.roster import NAMES, Known, KnownPost, KnownUnit, RosterReading, read_roster, refuse_roster

MOST_BYTES = min(MAX_BYTES, 2 * 1024 * 1024)  # of a 花名册, by the page and by the API
MORE_NAMES = {
    "station_chief": ("站长", "班长", "主任", "室主任", "室经理", "班站长"),
    "branch_secretary": ("书记", "支部书记"),
    "area_manager": ("经理",),
    "staff": ("职工", "工人", "采油工"),
}
REFUSALS = {
    **dict.fromkeys(ADMINISTRATORS, "系统、安全、审计三员由安全管理员在「人员与任职」里任命,不能随花名册导入"),
    "upper_committee": "上级党委的岗位设在采油厂,请在「人员与任职」里任命",
}


def load_known(area: Unit) -> Known:
    """Return what the reader must know of an area. Four queries."""
    groups = {row.unit_id: row.name for row in PartyOrg.objects.filter(area=area, kind=PartyOrg.Kind.GROUP, closed_on=None)}
    pack = read_organisation()
    return Known(
        units=tuple(
            KnownUnit(unit.code, (unit.name, unit.code, *unit.aliases), groups.get(unit.pk, ""))
            for unit in Unit.objects.filter(area=area, closed_on=None)
        ),
        posts=tuple(describe_post(kind, pack) for kind in pack.posts.values() if kind.code in POST_TITLES),
        groups=tuple(groups.values()),
        people=dict(Person.objects.values_list("number", "name")),
        logins=frozenset(name.lower() for name in User.objects.values_list("username", flat=True)),
        today=today(),
    )


def describe_post(kind: PostKind, pack: Pack) -> KnownPost:
    """Return a kind of post under all the names that a roster may use: '站长(室经理)' is 站长 and 室经理, too."""
    names = [str(POST_TITLES[kind.code]), kind.name, kind.title, *MORE_NAMES.get(kind.code, ())]
    parts = [part for name in names for part in re.split(r"[()]", name) if part]
    return KnownPost(kind.code, tuple(dict.fromkeys([*names, *parts])), kind.code in LEADERS, REFUSALS.get(kind.code, ""))


def read_file(data: bytes, known: Known) -> RosterReading:
    """Read an uploaded list in the child process; whatever is wrong with the file is a problem of the reading."""
    try:
        return read_roster(read_grids(data), known)
    except (NotASheetError, SheetTooLargeError, ChildFailedError) as trouble:
        return refuse_roster(str(trouble))


def make_template(area: Unit, units: Sequence[Unit]) -> list[Sheet]:
    """Return the sheets of the list to fill, with the names that the area knows beside it."""
    pack = read_organisation()
    kinds = [kind for kind in pack.posts.values() if kind.code not in REFUSALS]
    groups = PartyOrg.objects.filter(area=area, kind=PartyOrg.Kind.GROUP, closed_on=None).values_list("unit_id", "name")
    named = dict(groups)
    return [
        Sheet("花名册", [NAMES[part] for part in ("name", "number", "unit", "posts", "group", "status", "since", "login")]),
        Sheet("可以填的单位", ["单位", "编码", "党小组"], [(unit.name, unit.code, named.get(unit.pk, "")) for unit in units]),
        Sheet("可以填的岗位", ["岗位", "说明"], [(str(POST_TITLES[kind.code]), kind.describe) for kind in kinds]),
    ]
