"""The demo's 接口令牌: one in use by the production system for a reporter, one that was ended. Nobody knows their texts."""

from datetime import timedelta

from ronghe.operations.tokens import make_token, revoke_token
from ronghe.portal.demo.diary import Story
from ronghe.portal.demo.load import Loaded, moment_of


def give_tokens(loaded: Loaded, area: str) -> Story:
    """The 填报人 of a station lets the production system report, and ends the trial's token."""
    today = loaded.world.today
    begun = today - timedelta(days=60)
    yield moment_of(begun, 9)
    places = [area, *(row.code for row in loaded.world.list_units(area))]
    reporters = [number for place in places for number in loaded.world.find_holders("reporter", place, today)]
    if not reporters:
        return
    user = loaded.user(reporters[0])
    trial, _text = make_token(name="生产指挥系统(试用)", scopes=["figures:read"], ends_on=today, by=user)
    yield moment_of(begun + timedelta(days=20), 10)
    revoke_token(trial, by=user)
    make_token(name="生产指挥系统", scopes=["figures:read", "figures:write"], ends_on=today + timedelta(days=150), by=user)
