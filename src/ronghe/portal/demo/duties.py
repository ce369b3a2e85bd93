"""The demo's division of work: the paper's arrangement, partly settled in the first area, wholly in the second (M7, P6)."""

from datetime import date, timedelta
from typing import Any

from ronghe.accounts.models import User
from ronghe.common.calendar import add_working_days
from ronghe.duties.actions.adopt import adopt_matrix
from ronghe.duties.actions.findings import accept_finding, record_term, refresh_findings
from ronghe.duties.actions.handovers import set_deputy
from ronghe.duties.actions.matters import Held, set_holdings
from ronghe.duties.models import Finding, Matter
from ronghe.org.kinds import LEADERS
from ronghe.org.models import PartyOrg, Post
from ronghe.portal.demo.diary import Story
from ronghe.portal.demo.load import Loaded, moment_of
from ronghe.supervision.actions.openness import hold_election, prepare_elections
from ronghe.supervision.models import Election

# (matter, post, side, kind): what each area has settled so far
FIRST = (("企业文化", "deputy_engineering", "committee", "charge"), ("统战工作", "deputy_party", "committee", "charge"))
REST = (
    ("质量管理", "deputy_production", "administrative", "charge"),
    ("人力资源", "deputy_business", "administrative", "assist"),
    ("经营管理", "deputy_business", "committee", ""),
    ("经营管理", "deputy_party", "committee", "supervise"),
)
# what a change of the first area's leaders brought about lately: the detector shows it, and it is still to be settled
LATELY = (
    (18, "质量管理", "deputy_production", "administrative", ""),
    (6, "人力资源", "deputy_business", "administrative", "charge"),
    (6, "经营管理", "deputy_party", "committee", ""),
    (6, "经营管理", "deputy_business", "committee", "supervise"),
)
TERM = timedelta(days=3 * 365)
PAIRS = (("deputy_geology", "deputy_engineering"), ("deputy_engineering", "deputy_geology"), ("deputy_production", "area_manager"))


def enter_election(branch: PartyOrg, *, ends: date, day: date, by: User) -> None:
    """Enter the last election from its papers; the term that it began ends in five months, and the next is asked for by then."""
    record_term(branch, elected_on=ends - 2 * TERM, ends_on=ends - TERM, by=by)
    prepare_elections(branch.unit, day)
    row = Election.objects.get(branch=branch, state=Election.State.PREPARING)
    hold_election(
        row, held_on=ends - TERM - timedelta(days=6), ends_on=ends, entitled=118, present=109, votes=109, by=by, meeting="党员大会记录第 4 号",
        elected="选出支部委员七名;支委会第一次会议选出书记、副书记各一名,纪检委员等分工已报上级党委批复。",
    )  # fmt: skip


def divide_work(loaded: Loaded, area: str) -> Story:
    """Adopt the matrix in January, settle some of its faults in March, accept what the committee above has approved."""
    unit, year, today = loaded.units[area], loaded.world.today.year, loaded.world.today
    adopted = date(year, 1, 5)
    yield moment_of(adopted, 9)
    by = loaded.holder("branch_secretary", area, adopted)
    branch = PartyOrg.objects.get(area=unit, kind=PartyOrg.Kind.BRANCH)
    if area == "A1":
        enter_election(branch, ends=today + timedelta(days=150), day=adopted, by=by)
    else:
        record_term(branch, elected_on=date(year - 1, 5, 20), ends_on=date(year + 2, 5, 19), by=by)
    adopt_matrix(unit, by=by, valid_from=adopted)
    posts = {post.kind: post for post in Post.objects.filter(area=unit, unit=unit)}
    for first, second in PAIRS:
        if first in posts and second in posts:
            set_deputy(posts[first], posts[second], by=by)
    settled = min(date(year, 3, 12), today)
    yield moment_of(settled, 15)
    by = loaded.holder("branch_secretary", area, settled)
    matters = {row.name: row for row in Matter.objects.filter(area=unit, valid_to=None)}
    changed = area == "A1" and today - timedelta(days=LATELY[0][0]) > settled
    for name, kind, side, how in FIRST if area == "A1" and not changed else (*FIRST, *REST):
        if kind in posts and name in matters:
            set_holdings(matters[name], [Held(posts[kind], side, how)], by=by, note="3月份支委会研究", refresh=False)
    refresh_findings(unit.pk, by=by)
    if area != "A1":
        fill_gaps(unit.pk, list(posts.values()), by)
    review = today + timedelta(days=60)
    for row in Finding.objects.filter(area=unit, ended_on=None, level="fault", rule__in=("deputies", "group", "vacancy", "overload")):
        if area != "A1" or row.rule == "deputies":
            accept_finding(row, reason="上级党委批复,换届时一并研究", review_on=review, by=by)

    for back, name, kind, side, how in LATELY if changed else ():
        yield moment_of(add_working_days(today - timedelta(days=back + 1), 1), 10)
        by = loaded.holder("branch_secretary", area, today)
        set_holdings(Matter.objects.get(pk=matters[name].pk), [Held(posts[kind], side, how)], by=by, note="班子分工微调,试行")


def fill_gaps(area_id: int, posts: list[Post], by: Any) -> None:
    """Give what nobody holds to the leaders in turn: the second area has five of them."""
    leaders = sorted((post for post in posts if post.kind in LEADERS), key=lambda post: post.order)[::-1]
    gaps = list(Finding.objects.filter(area_id=area_id, ended_on=None, rule="gap").select_related("matter").order_by("pk"))
    for number, row in enumerate(gaps):
        assert row.matter is not None
        set_holdings(
            row.matter, [Held(leaders[number % len(leaders)], "administrative", "charge")], by=by, note="五人班子分工", refresh=False
        )
    refresh_findings(area_id, by=by)
