"""Every write of 驻站带班. Upper contexts need none of them."""

from ronghe.stationing.actions.plan import answer_swap, ask_swap, call_off, move_day, plan_day, plan_week, set_cover, set_norm, set_shift
from ronghe.stationing.actions.themes import close_theme, confirm_theme, resolve_theme, set_apart
from ronghe.stationing.actions.visits import (
    Heard,
    NewPoint,
    answer_point,
    file_visit,
    follow_points,
    note_arrival,
    note_ending,
    rectify_point,
    solve_point,
)

__all__ = [
    "Heard",
    "NewPoint",
    "answer_point",
    "answer_swap",
    "ask_swap",
    "call_off",
    "close_theme",
    "confirm_theme",
    "file_visit",
    "follow_points",
    "move_day",
    "note_arrival",
    "note_ending",
    "plan_day",
    "plan_week",
    "rectify_point",
    "resolve_theme",
    "set_apart",
    "set_cover",
    "set_norm",
    "set_shift",
    "solve_point",
]
