"""Taking the organisation's pack into a 管理区: tracks, branch, the seven leaders' posts and the others that an area has."""

from typing import Any

from ronghe.audit.actions import record
from ronghe.common.actions import action
from ronghe.org.actions.posts import make_post
from ronghe.org.models import PartyOrg, Post, Track, Unit
from ronghe.org.packs import read_organisation


@action
def adopt_organisation(area: Unit, *, by: Any) -> None:
    """Set up what the area lacks of packs/organisation.toml; what it has stays as it is. Part of adding an area, which asks who may."""
    pack = read_organisation()
    known = set(Track.objects.filter(area=area).values_list("code", flat=True))
    for order, (code, name) in enumerate(pack.tracks, 1):
        if code not in known:
            Track.objects.create(area=area, code=code, name=name, order=order)
    if not PartyOrg.objects.filter(unit=area, kind=PartyOrg.Kind.BRANCH).exists():
        above = PartyOrg.objects.filter(unit=area.parent, kind=PartyOrg.Kind.COMMITTEE).first()
        PartyOrg.objects.create(
            code=f"{area.code}-branch"[:40], name=f"{area.name}党支部", kind=PartyOrg.Kind.BRANCH, unit=area, area=area, parent=above
        )
    add_missing_posts(area, ("area", "system"), by=by)
    record(by=by, verb="采用组织制度包", obj=area, area_id=area.pk, note=f"{pack.name};依据:{pack.basis}")


def add_missing_posts(unit: Unit, scopes: tuple[str, ...], *, by: Any) -> None:
    """Set up the posts of these scopes that a unit lacks."""
    have = set(Post.objects.filter(unit=unit, closed_on=None).values_list("kind", flat=True))
    for kind in read_organisation().posts.values():
        if kind.scope in scopes and kind.code not in have:
            make_post(unit, kind.code, by=by)
