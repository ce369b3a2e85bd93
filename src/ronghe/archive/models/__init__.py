"""档案: registers and 收发文 (`numbers`), terms and topics (`norms`), the year's folders and inspection packs (`bundles`)."""

from ronghe.archive.models.bundles import Bundle, Folder, Pack, Piece
from ronghe.archive.models.norms import Term, Topic
from ronghe.archive.models.numbers import Counter, Dispatch, Register

__all__ = ["Bundle", "Counter", "Dispatch", "Folder", "Pack", "Piece", "Register", "Term", "Topic"]
