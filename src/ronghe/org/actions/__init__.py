"""Every write of the organisation, by noun: people, units, tracks, party organisations, posts, rosters, the first start."""

from ronghe.org.actions.people import (
    appoint,
    dismiss_person,
    end_appointment,
    make_password,
    open_account,
    register_person,
    reset_password,
    update_person,
)

__all__ = [
    "appoint",
    "dismiss_person",
    "end_appointment",
    "make_password",
    "open_account",
    "register_person",
    "reset_password",
    "update_person",
]
