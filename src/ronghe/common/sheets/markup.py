"""XML as a stream of plain events, without DTD, entities, deep nesting or endless elements."""

from collections.abc import Callable, Iterable
from typing import Final
from xml.parsers import expat

from ronghe.common.sheets import limits
from ronghe.common.sheets.archive import BOMB, BROKEN
from ronghe.common.sheets.container import NotASheetError

Attributes = dict[str, str]
FORBIDDEN: Final = "文件里有表格不该有的 XML 声明(DTD 或实体),已拒绝读取"


class ParsingStoppedError(Exception):
    """Raised by a handler that has seen enough."""


class Handler:
    """What a part is read with; the three methods are called in the order of the file."""

    def open_tag(self, name: str, attributes: Attributes) -> None:
        """Take the start of an element; its name comes without a prefix, its attributes as written."""

    def add_text(self, text: str) -> None:
        """Take a piece of text."""

    def close_tag(self, name: str) -> None:
        """Take the end of an element."""


def parse_markup(chunks: Iterable[bytes], handler: Handler) -> None:
    """Feed a part to a handler. NotASheetError on broken or hostile XML."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = elements = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > limits.MAX_DEPTH or elements > limits.MAX_ELEMENTS:
            raise NotASheetError(BOMB)
        handler.open_tag(drop_prefix(name), attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.close_tag(drop_prefix(name))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.add_text
    parser.StartDoctypeDeclHandler = forbid_declaration()
    parser.EntityDeclHandler = forbid_declaration()
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except ParsingStoppedError:
        return
    except (expat.ExpatError, LookupError, ValueError):
        raise NotASheetError(BROKEN) from None


def drop_prefix(name: str) -> str:
    """Give the local part of 'x:row'."""
    return name.rpartition(":")[2]


def forbid_declaration() -> Callable[..., None]:
    """Give a handler that refuses whatever it is called for."""

    def refuse(*_: object) -> None:
        raise NotASheetError(FORBIDDEN)

    return refuse
