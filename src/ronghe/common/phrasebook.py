"""中文之外的读者: what the rules and the records say in Chinese, said in English as a page goes out (ADR 0010).

Records are kept in the house's language, whoever wrote them, and pure rules know no gettext. So a page in English is
looked through once more on its way out: each run of text that is a known phrase, or fits a known phrase with places
for names and numbers, is replaced; whatever is not known stays as it was written. Nothing here knows Django.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import escape, unescape

CHINESE = re.compile("[\u3400-\u9fff]")
PLACE = re.compile(r"%\((\w+)\)[-#0 +]*[\d.]*[a-z]|\{(\w*)(?::[^}]*)?\}|%[sd]")
# where a text may be cut, the strongest first: lines and sentences, parts beside each other, a title and what it is of, clauses, brackets
CUTS = tuple(
    re.compile(cut)
    for cut in (
        r"(\s*\n\s*|(?<=。)\s*)",
        r"(\s*[·|]\s*)",
        r"(\s*[::]\s*)",
        r"(\s*[;;]\s*)",
        r"(\s*[,,。]\s*)",
        r"(\s*[()（）]\s*)",
        r"(\s*[、/—→↑↓]\s*)",
    )
)
TAG = re.compile(r"""(<!--.*?-->|<(?:[^<>"']|"[^"]*"|'[^']*')*>)""", re.DOTALL)
NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
ATTRIBUTE = re.compile(
    r"""(\s(?:title|aria-label|placeholder|data-label|alt|label|data-confirm|hx-confirm|data-tip|data-text)=)("[^"]*"|'[^']*')"""
)
SURE = 3  # Chinese signs of a phrase's own by which it is known for certain
LATIN = re.compile(r"([A-Za-z][A-Za-z .,'()\-]{2,})")
COUNTED = re.compile(r"([-+−]?[\d.,]+)\s*(万元|元|项|处|件|人次|人|次|天|个月|个|名|分钟|分|小时|吨|口|条|份|页|行|%)")
VERBATIM = re.compile(r"""\stranslate=["']?no\b""")
RAW = {"script", "style", "textarea"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
POINTS = str.maketrans(
    {",": ", ", "。": ". ", ":": ": ", ";": "; ", "(": " (", ")": ")", "、": ", ", "（": " (", "）": ")", "“": "“", "”": "”"}
)
STOPS = str.maketrans({"。": ".", "、": ", "})
SIGNS = re.compile("[\u3400-\u9fff。、]")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS = dict(zip("一二三四五六日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), strict=True))


def _month(number: str) -> str:
    return MONTHS[int(number) - 1] if 1 <= int(number) <= 12 else number


DATES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日"), lambda m: f"{int(m[3])} {_month(m[2])} {m[1]}"),
    (re.compile(r"(\d{1,2})\s?月\s?(\d{1,2})\s?日"), lambda m: f"{int(m[2])} {_month(m[1])}"),
    (re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月份?"), lambda m: f"{_month(m[2])} {m[1]}"),
    (re.compile(r"(\d{4})\s?年"), lambda m: m[1]),
    (re.compile(r"(\d{1,2})\s?月份?"), lambda m: _month(m[1])),
    (re.compile(r"(?:周|星期)([一二三四五六日])"), lambda m: DAYS[m[1]]),
    (re.compile(r"第\s?(\d+)\s?周"), lambda m: f"week {m[1]}"),
)


def _say_days(text: str) -> str:
    """The text with its days and months in English, wherever they stand in it."""
    for shape, write in DATES:
        text = shape.sub(write, text)
    return text


COUNTS = {
    "万元": "10k yuan", "元": "yuan", "项": "items", "处": "places", "件": "matters", "人次": "attendances", "人": "people", "次": "times", "天": "days",
    "个月": "months", "个": "", "名": "people", "分钟": "min", "分": "points", "小时": "h", "吨": "t", "口": "wells", "条": "lines", "份": "copies",
    "页": "pages", "行": "rows", "%": "%",
}  # fmt: skip


class Phrasebook:
    """Known phrases and how they read in another language. `phrases`: Chinese → translation, with the same places in both."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        self.whole = {text.strip(): said.strip() for text, said in phrases.items() if said and not PLACE.search(text)}
        self.patterns = sorted(
            (made for text, said in phrases.items() if said and PLACE.search(text) and (made := _compile(text.strip(), said.strip()))),
            key=lambda one: (-one[0], one[1]),
        )
        self.say = lru_cache(maxsize=20_000)(self._say)

    def _say(self, text: str) -> str:
        """The text in the other language; what is not known stays Chinese. Spaces at its ends are kept."""
        core = text.strip()
        start = text.index(core)
        said = (self._find(core) or self._say_parts(core)) if CHINESE.search(core) else core
        if not CHINESE.search(said):
            said = said.translate(STOPS)
        return text[:start] + said + text[start + len(core) :]

    def _find(self, core: str, depth: int = 0) -> str | None:
        """A known phrase, a day, or a phrase with places; None when it is none of these."""
        if not core:
            return core
        if (said := self.whole.get(core) or self._say_ended(core)) is not None:
            return said
        if not CHINESE.search(said := _say_days(core)):
            return said
        if depth > 3:
            return None
        for weight, key, shape, parts in self.patterns:
            if key not in core or (match := shape.fullmatch(core)) is None:
                continue
            given = match.groupdict()
            filled = {name: self._find(value, depth + 1) or self._say_parts(value, depth + 1) for name, value in given.items()}
            # two signs are soon found in somebody's own sentence: then all else must be known as well
            if weight < SURE and any(CHINESE.search(value) for value in filled.values()):
                continue
            return "".join(filled.get(part, part) if place else part for place, part in parts)
        if (match := COUNTED.fullmatch(core)) is not None:
            return f"{match[1]} {COUNTS[match[2]]}".strip()
        return None

    def _say_ended(self, core: str) -> str | None:
        """A known phrase but for the full stop at its end."""
        if core.endswith("。"):
            said = self.whole.get(core[:-1])
            return said and f"{said.removesuffix('.')}."
        said = self.whole.get(f"{core}。")
        return said and said.removesuffix(".")

    def _say_parts(self, core: str, depth: int = 0, level: int = 0) -> str:
        """Cut where the text may be cut, say each part that is known, leave the others."""
        if depth > 3 or not CHINESE.search(core):
            return core
        if level == len(CUTS):
            return self._say_words(core, depth)
        pieces = CUTS[level].split(core)
        if len(pieces) == 1:
            return self._say_parts(core, depth, level + 1)
        said = [
            piece if place % 2 else self._find(piece, depth + 1) or self._say_parts(piece, depth, level + 1)
            for place, piece in enumerate(pieces)
        ]
        if said == pieces:
            return core
        return "".join(piece.translate(POINTS) if place % 2 else piece for place, piece in enumerate(said))

    def _say_words(self, core: str, depth: int) -> str:
        """What stands between English words, or between spaces: said only where each word of it is known."""
        for cut in (LATIN, re.compile(r"(\s+)")):
            pieces = cut.split(core)
            if len(pieces) == 1:
                continue
            said = [
                piece if place % 2 or not CHINESE.search(piece) else self._find(piece.strip(), depth + 1)
                for place, piece in enumerate(pieces)
            ]
            if all(piece is not None for piece in said):
                return re.sub(r"\s+", " ", " ".join(piece.strip() for piece in said if piece is not None)).strip()
        return core


def _compile(text: str, said: str) -> tuple[int, str, re.Pattern[str], list[tuple[bool, str]]] | None:
    """(Chinese signs in it, its longest fixed piece, the shape, the translation in parts); None without a Chinese sign of its own."""
    shape, end = "", 0
    fixed: list[str] = []
    seen: list[str] = []
    for match in PLACE.finditer(text):
        literal = text[end : match.start()].replace("%%", "%")
        fixed.append(literal)
        name = _name(match, len(seen))
        shape += re.escape(literal) + (f"(?P={name})" if name in seen else f"(?P<{name}>.+?)")
        seen.append(name)
        end = match.end()
    fixed.append(text[end:].replace("%%", "%"))
    shape += re.escape(fixed[-1])
    weight = sum(len(CHINESE.findall(piece)) for piece in fixed)
    if not weight:
        return None
    parts: list[tuple[bool, str]] = []
    end = count = 0
    for match in PLACE.finditer(said):
        parts += [(False, said[end : match.start()].replace("%%", "%")), (True, _name(match, count))]
        count, end = count + 1, match.end()
    parts.append((False, said[end:].replace("%%", "%")))
    return weight, max(fixed, key=len), re.compile(shape, re.DOTALL), parts


def _name(match: re.Match[str], place: int) -> str:
    given = match[1] or match[2] or str(place)
    return f"p{given}"


def say_page(page: str, say: Callable[[str], str]) -> str:
    """The HTML with its texts said by `say`; scripts, what people type, and what stands under translate="no" stay."""
    out: list[str] = []
    raw, verbatim, depth = "", "", 0
    for place, piece in enumerate(TAG.split(page)):
        if place % 2 == 0:
            out.append(piece if raw or verbatim else _say_text(piece, say))
            continue
        found = NAME.match(piece)
        name = found[1].lower() if found else ""
        closing = piece.startswith("</")
        if raw:
            raw = "" if closing and name == raw else raw
        elif verbatim:
            if name == verbatim and not piece.endswith("/>"):
                depth += -1 if closing else 1
            verbatim = verbatim if depth else ""
        elif not closing:
            if name not in VOID and VERBATIM.search(piece):
                verbatim, depth = name, 1
            elif name in RAW:
                raw = name
            if not verbatim and CHINESE.search(piece):
                piece = ATTRIBUTE.sub(lambda match: match[1] + _say_quoted(match[2], say), piece)
        out.append(piece)
    return "".join(out)


def _say_text(text: str, say: Callable[[str], str]) -> str:
    if not SIGNS.search(text):
        return text
    plain = unescape(text)
    said = say(plain)
    return text if said == plain else escape(said, quote=False)


def _say_quoted(quoted: str, say: Callable[[str], str]) -> str:
    plain = unescape(quoted[1:-1])
    said = say(plain)
    return quoted if said == plain else f'"{escape(said)}"'
