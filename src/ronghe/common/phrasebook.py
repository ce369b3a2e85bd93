"""中文之外的读者: what the rules and the records say in Chinese, said in English as a page goes out (ADR 0010).

Records are kept in the house's language, whoever wrote them, and pure rules know no gettext. So a page in English is
looked through once more on its way out: each run of text that is a known phrase, or fits a known phrase with places
for names and numbers, is replaced; whatever is not known stays as it was written. Nothing here knows Django.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from html import escape, unescape
from typing import Any, NamedTuple

CHINESE = re.compile("[\u3400-\u9fff]")
PLACE = re.compile(r"%\((\w+)\)[-#0 +]*[\d.]*[a-z]|\{(\w*)(?::[^}]*)?\}|%[sd]")
# where a text may be cut, the strongest first: lines and sentences, parts beside each other, a title and what it is of, clauses, brackets
CUTS = tuple(
    re.compile(cut)
    for cut in (
        r"(\s*\n\s*|(?<=。)\s*|(?<=[.;]) +(?=(?:[A-Z][a-z]+: ?)?[\u3400-\u9fff]))",
        r"(\s*[·|→]\s*)",
        r"(\s*[::]\s*)",
        r"(\s*[;;]\s*)",
        r"(\s*[,,。]\s*)",
        r"(\s*[()（）]\s*)",
        r"(\s*[、/—↑↓]\s*)",
    )
)
TAG = re.compile(r"""(<!--.*?-->|<(?:[^<>"']|"[^"]*"|'[^']*')*>)""", re.DOTALL)
NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
ATTRIBUTE = re.compile(
    r"""(\s(?:title|aria-label|placeholder|data-label|alt|label|data-confirm|hx-confirm|data-tip|data-text)=)("[^"]*"|'[^']*')"""
)
SURE = 3  # signs of a phrase's own by which it is known for certain, two of them Chinese
MARKS = re.compile(r"[ :;“”「」()]")
SAID = re.compile(r"[A-Za-z][\w .,'()-]*[:;.] ?(?=[\u3400-\u9fff])")  # what a template has said in English before a text
QUOTED = re.compile(r"(\s*[“”「」]\s*)")
# signs that Chinese sets without a space: a colon between English and something else, a comma after a day
JAMMED = re.compile("(?<=[A-Za-z)]):(?=[A-Za-z\u3400-\u9fff])|(?<=[\u3400-\u9fff]):(?=[A-Za-z])|(?<=\\d{4}-\\d\\d-\\d\\d),(?=\\S)")
# the title of something held or due: whose (in few signs), when, the how-manieth, what
DATED = re.compile(
    r"(?P<whose>[^\s\d,.;:()。、“”「」/·-]{0,12})"
    r"(?P<when>\d{4}\s?年(?:\s?\d{1,2}\s?月(?:份|\s?\d{1,2}\s?日)?|第[一二三四]季度)?|\d{4}-\d\d)"
    r"(?:第\s?(?P<nth>\d+)\s?次)?\s?(?P<what>.+)"
)
DAY_ONLY = re.compile(r"[年月日星期周/\s]*")  # what DATES says
LATIN = re.compile(r"([A-Za-z][A-Za-z .,'()\-]{2,})")
COUNTS = {
    "万元": "10k yuan", "元": "yuan", "项": "items", "处": "places", "件": "matters", "人次": "attendances", "人": "people", "次": "times", "天": "days",
    "个月": "months", "个": "", "名": "people", "分钟": "min", "分": "points", "小时": "h", "吨": "t", "口": "wells", "条": "lines", "份": "copies",
    "起": "cases", "家": "units", "场": "sessions", "井次": "well jobs", "页": "pages", "行": "rows", "%": "%",
}  # fmt: skip
ONE = {"people": "person", "copies": "copy"}  # of the others the s goes
UNITS = "|".join(sorted(COUNTS, key=len, reverse=True))
COUNTED = re.compile(rf"([-+−]?[\d.,]+)\s*({UNITS})")
# the spaces between words, but not between a number and its unit
SPACES = re.compile(rf"((?<!\d)\s+|(?<=\d)\s+(?!(?:{UNITS})(?:\s|$)))")
# what stands before a text without being of it
BEFORE = re.compile(r"[\s·|]*")
VERBATIM = re.compile(r"""\stranslate=["']?no\b""")
RAW = {"script", "style", "textarea"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
POINTS = str.maketrans(
    {
        ",": ", ",
        "。": ". ",
        ":": ": ",
        ";": "; ",
        "(": " (",
        ")": ")",
        "、": ", ",
        "（": " (",
        "）": ")",
        "“": " “",
        "”": "”",
        "「": " “",
        "」": "”",
    }
)
STOPS = str.maketrans({"。": ".", "、": ", "})
SIGNS = re.compile("[\u3400-\u9fff。、]")
# Chinese signs as Django writes them into a script, and what must not stand in one
ESCAPED = re.compile(r"\\u[3-9][0-9a-fA-F]{3}|[\u3400-\u9fff]")
IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS = dict(zip("一二三四五六日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), strict=True))


def _month(number: str) -> str:
    return MONTHS[int(number) - 1] if 1 <= int(number) <= 12 else number


DATES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日"), lambda m: f"{int(m[3])} {_month(m[2])} {m[1]}"),
    (re.compile(r"(\d{1,2})\s?月\s?(\d{1,2})\s?日"), lambda m: f"{int(m[2])} {_month(m[1])}"),
    (re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月份?"), lambda m: f"{_month(m[2])} {m[1]}"),
    (re.compile(r"(\d{4})\s?年第([一二三四])季度"), lambda m: f"Q{'一二三四'.index(m[2]) + 1} {m[1]}"),
    (re.compile(r"(\d{4})\s?年(?!\s?\d)"), lambda m: m[1]),
    (re.compile(r"(\d{1,2})\s?月份?"), lambda m: _month(m[1])),
    (re.compile(r"每周([一二三四五六日])"), lambda m: f"every {DAYS[m[1]]}"),
    (re.compile(r"(?:周|星期)([一二三四五六日])"), lambda m: DAYS[m[1]]),
    (re.compile(r"第\s?(\d+)\s?周"), lambda m: f"week {m[1]}"),
)


def _say_days(text: str) -> str:
    """The text with its days and months in English, wherever they stand in it."""
    for shape, write in DATES:
        text = shape.sub(write, text)
    return text


def _say_whole_day(word: str) -> str:
    """A word that is a day or a month and nothing else, in English; any other as it is."""
    said = _say_days(word)
    return word if CHINESE.search(said) else said


class Pattern(NamedTuple):
    """A phrase with places: how sure it is, its longest fixed piece, its Chinese signs, its shape, how it reads, which places touch."""

    weight: int
    key: str
    signs: str
    shape: re.Pattern[str]
    parts: list[tuple[bool, str]]
    beside: list[tuple[str, str]]


class Phrasebook:
    """Known phrases and how they read in another language. `phrases`: Chinese → translation, with the same places in both."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        self.whole = {text.strip(): said.strip() for text, said in phrases.items() if said and not PLACE.search(text)}
        patterns = sorted(
            (
                made
                for text, said in phrases.items()
                if said
                and PLACE.search(text)
                and not DAY_ONLY.fullmatch(PLACE.sub("", text))
                and (made := _compile(text.strip(), said.strip()))
            ),
            key=lambda one: (-one.weight, one.key),
        )
        # each stands under the rarest of its signs, so that a text is held against few of them
        common = Counter(sign for one in patterns for sign in set(one.signs))
        self.patterns: dict[str, list[tuple[int, Pattern]]] = {}
        for order, one in enumerate(patterns):
            self.patterns.setdefault(min(one.signs, key=lambda sign: (common[sign], sign)), []).append((order, one))
        self.say = lru_cache(maxsize=20_000)(self._say)

    def _say(self, text: str) -> str:
        """The text in the other language; what is not known stays Chinese. Spaces at its ends are kept."""
        found = BEFORE.match(text)
        start = found.end() if found else 0
        core = text[start:].rstrip(" \t\r\n*")  # and the star of a field that is required
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
        if core[0].isdigit() and (said := self._say_dated(core)) is not None:
            return said
        fitting = (one for sign in set(core) for one in self.patterns.get(sign, ()) if one[1].key in core)
        for _order, (weight, _key, _signs, shape, parts, beside) in sorted(fitting, key=lambda one: one[0]):
            if (match := shape.fullmatch(core)) is None:
                continue
            given = self._part(match.groupdict(), beside, sure=weight >= SURE)
            filled = {name: self._find(value, depth + 1) or self._say_parts(value, depth + 1) for name, value in given.items()}
            # two signs are soon found in somebody's own sentence: then all else must be known as well
            if not filled or (weight < SURE and any(CHINESE.search(value) for value in filled.values())):
                continue
            return "".join(filled.get(part, part) if place else part for place, part in parts)
        if (match := COUNTED.fullmatch(core)) is not None:
            word = COUNTS[match[2]]
            return f"{match[1]} {ONE.get(word, word.removesuffix('s')) if match[1] == '1' else word}".strip()
        return self._say_dated(core)

    def _say_dated(self, core: str) -> str | None:
        """The title of a meeting, a round, a month's list: what it is, whose, when; None where what it is is not known."""
        match = DATED.fullmatch(core)
        what = match and self.whole.get(match["what"])
        if not match or not what:
            return None
        return ", ".join(
            part for part in (f"{what} no. {match['nth']}" if match["nth"] else what, match["whose"], _say_days(match["when"])) if part
        )

    def _part(self, given: dict[str, str], beside: Sequence[tuple[str, str]], *, sure: bool) -> dict[str, str]:
        """The values of the places; where two touch, the second begins where something known begins. {} when that is nowhere and not `sure`."""
        for first, second in beside:
            both = given[first] + given[second]
            cut = next((at for at in range(1, len(both)) if self._is_known(both[at:])), 0)
            cut = cut or next((at for at in range(len(both) - 1, 0, -1) if self._is_known(both[:at])), len(given[first]) if sure else 0)
            if not cut:
                return {}
            given |= {first: both[:cut], second: both[cut:]}
        return given

    def _is_known(self, text: str) -> bool:
        return text.strip() in self.whole or bool(CHINESE.search(text) and not CHINESE.search(_say_days(text)))

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
        if level == 0 and (lead := SAID.match(core)) and (rest := self._find(core[lead.end() :], depth + 1)) is not None:
            return lead[0] + rest
        if level == len(CUTS):
            return self._say_words(core, depth)
        pieces = CUTS[level].split(core)
        if len(pieces) == 1:
            return self._say_parts(core, depth, level + 1)
        if level == 0:
            pieces = self._join_known(pieces)
        said = [
            piece if place % 2 else self._find(piece, depth + 1) or self._say_parts(piece, depth, level + 1)
            for place, piece in enumerate(pieces)
        ]
        if said == pieces:
            return core
        space = "" if level else " "  # between sentences
        return "".join((piece.translate(POINTS) or space) if place % 2 else piece for place, piece in enumerate(said)).rstrip(" ")

    def _join_known(self, pieces: list[str]) -> list[str]:
        """Sentences (with what stands between them at odd places), those that are known together put together again."""
        joined: list[str] = []
        at = 0
        while at < len(pieces):
            end = next(
                (
                    end
                    for end in range(len(pieces) - 1, at, -1)
                    if not at % 2 and not end % 2 and self._is_whole("".join(pieces[at : end + 1]))
                ),
                at,
            )
            joined.append("".join(pieces[at : end + 1]))
            at = end + 1
        return joined

    def _is_whole(self, text: str) -> bool:
        return text in self.whole or self._say_ended(text) is not None

    def _say_words(self, core: str, depth: int) -> str:
        """What stands between English words, or between spaces: said only where each word of it is known."""
        for cut in (LATIN, SPACES):
            pieces = cut.split(core)
            if len(pieces) == 1:
                continue
            said = [
                piece if place % 2 or not CHINESE.search(piece) else self._find(piece.strip(), depth + 1)
                for place, piece in enumerate(pieces)
            ]
            if all(piece is not None for piece in said):
                return re.sub(r"\s+", " ", " ".join(piece.strip() for piece in said if piece is not None)).strip()
        return self._say_quoted(core, depth) or re.sub(r"\S+", lambda word: _say_whole_day(word[0]), core)

    def _say_quoted(self, core: str, depth: int) -> str:
        """A text with something in quotation marks, where all of it is known; else ''."""
        pieces = QUOTED.split(core)
        said = [piece if place % 2 or not CHINESE.search(piece) else self._find(piece, depth + 1) for place, piece in enumerate(pieces)]
        if len(pieces) == 1 or not all(piece is not None for piece in said):
            return ""
        return "".join((piece or "").translate(POINTS) if place % 2 else piece or "" for place, piece in enumerate(said)).strip()


def _compile(text: str, said: str) -> Pattern | None:
    """The pattern of a phrase with places; None without a Chinese sign of its own."""
    shape, end = "", 0
    fixed: list[str] = []
    seen: list[str] = []
    for match in PLACE.finditer(text):
        literal = text[end : match.start()].replace("%%", "%")
        fixed.append(literal)
        name = _name(match, len(seen))
        shape += re.escape(literal) + (f"(?P={name})" if name in seen else f"(?P<{name}>(?![:;,。、)]).+?)")
        seen.append(name)
        end = match.end()
    fixed.append(text[end:].replace("%%", "%"))
    shape += re.escape(fixed[-1])
    signs = "".join(CHINESE.findall("".join(fixed)))
    weight = len(signs)
    if not weight:
        return None
    if weight > 1:  # its spaces and points count as well
        weight += sum(len(MARKS.findall(piece)) for piece in fixed)
    parts: list[tuple[bool, str]] = []
    end = count = 0
    for match in PLACE.finditer(said):
        parts += [(False, said[end : match.start()].replace("%%", "%")), (True, _name(match, count))]
        count, end = count + 1, match.end()
    parts.append((False, said[end:].replace("%%", "%")))
    beside = [(first, second) for first, second, between in zip(seen, seen[1:], fixed[1:], strict=False) if not between]
    return Pattern(weight, max(fixed, key=len), signs, re.compile(shape, re.DOTALL), parts, beside)


def _name(match: re.Match[str], place: int) -> str:
    given = match[1] or match[2] or str(place)
    return f"p{given}"


def say_page(page: str, say: Callable[[str], str]) -> str:
    """The HTML with its texts said by `say`; scripts, what people type, and what stands under translate="no" stay.

    A chart's data is said: it stands in a script of JSON, and what it draws are texts of the page.
    """
    out: list[str] = []
    raw, verbatim, depth, data = "", "", 0, False
    for place, piece in enumerate(TAG.split(page)):
        if place % 2 == 0:
            out.append(_say_data(piece, say) if data and raw else piece if raw or verbatim else _say_text(piece, say))
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
                raw, data = name, name == "script" and "application/json" in piece
            if not verbatim and CHINESE.search(piece):
                piece = ATTRIBUTE.sub(lambda match: match[1] + _say_quoted(match[2], say), piece)
        out.append(piece)
    return "".join(out)


def _say_data(source: str, say: Callable[[str], str]) -> str:
    """JSON with the strings in it said, but for the keys; what is not JSON stays."""
    if not ESCAPED.search(source):
        return source
    try:
        said = _say_values(json.loads(source), say)
    except ValueError:
        return source
    return json.dumps(said).translate(IN_SCRIPT)


def _say_values(value: Any, say: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return say(value)
    if isinstance(value, list):
        return [_say_values(one, say) for one in value]
    if isinstance(value, dict):
        return {key: _say_values(one, say) for key, one in value.items()}
    return value


def _say_text(text: str, say: Callable[[str], str]) -> str:
    if SIGNS.search(text):
        plain = unescape(text)
        said = say(plain)
        text = text if said == plain else escape(said, quote=False)
    return JAMMED.sub(lambda sign: f"{sign[0]} ", text)


def _say_quoted(quoted: str, say: Callable[[str], str]) -> str:
    plain = unescape(quoted[1:-1])
    said = say(plain)
    return quoted if said == plain else f'"{escape(said)}"'
