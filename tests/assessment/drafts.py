"""What the tests of the scheme editor share: a draft copied from the month's scheme, and its changes."""

from ronghe.assessment import actions
from ronghe.assessment.models import SchemeVersion


def start(world, source=None, *, by="赵敏"):
    return actions.start_draft(world.area, by=world.person[by].user, source=source)


def fresh(draft):
    return SchemeVersion.objects.get(pk=draft.pk)


def set_full(code, full):
    """Return a change of one full mark."""

    def change(tables):
        tables.indicators[tables.find(code)]["full"] = full

    return change


def save(draft, change, world, *, by="赵敏", version=None):
    return actions.save_draft(draft, change, by=world.person[by].user, version=version)


def hand_in(world, source, *changes, by="赵敏"):
    """Copy, change and hand in."""
    draft = start(world, source, by=by)
    for change in changes:
        draft = save(draft, change, world, by=by)
    return actions.submit_draft(draft, by=world.person[by].user)


# the org_life indicator of tests/assessment/month.py as its form sends it
LIFE = {
    "name": "组织生活按期完成率", "code": "org_life", "unit": "%", "decimals": "1", "dimension": "propaganda", "full": "15",
    "method": "curve", "on": "actual", "x": ["60", "100"], "share": ["0", "1"], "missing": "",
}  # fmt: skip
HEAD = {
    "name": "党小组与班站一体化考核", "basis": "《党小组考核评价办法》", "code": "group-station", "digits": "2", "missing": "unplaced",
    "cap": "", "floor": "", "min_peers": "", "tie_break": ["oil", "", ""], "grade-name": ["优秀", "合格"], "grade-min": ["90", "60"],
}  # fmt: skip
