"""Every write of 整改. Upper contexts need `open_item` and `Planned` only."""

from ronghe.rectification.actions.cure import add_photo, close_item, file_proof, finish_measure, plan_cure, resume_measure, return_item
from ronghe.rectification.actions.items import Planned, open_item, reopen_item
from ronghe.rectification.actions.leading import Outcome, reassign_item, reassign_items, set_source, urge_items
from ronghe.rectification.actions.requests import ask_move, ask_void, decide_request

__all__ = [
    "Outcome",
    "Planned",
    "add_photo",
    "ask_move",
    "ask_void",
    "close_item",
    "decide_request",
    "file_proof",
    "finish_measure",
    "open_item",
    "plan_cure",
    "reassign_item",
    "reassign_items",
    "reopen_item",
    "resume_measure",
    "return_item",
    "set_source",
    "urge_items",
]
