"""Text as stations write it, brought to one shape for comparing."""

import re
import unicodedata
from typing import Final

BRACKETS: Final = str.maketrans({"【": "(", "】": ")", "〔": "(", "〕": ")", "[": "(", "]": ")", "「": "(", "」": ")"})
DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−－─━", "-"))
INVISIBLE: Final = re.compile(r"[\s\u200b-\u200d\u2060\ufeff\u00a0]+")
ZERO_WIDTH: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
USUAL: Final = DASHES | ZERO_WIDTH
UNUSUAL: Final = re.compile("[" + "".join(map(chr, USUAL)) + "]")
BRACKET: Final = re.compile("[【】〔〕\\[\\]「」]")
NUMERALS: Final = re.compile(r"[一二三四五六七八九十]+")
NUMERAL_VALUES: Final = {mark: value for value, mark in enumerate("一二三四五六七八九", start=1)}


def widen_text(text: str) -> str:
    """Give full-width letters, digits and punctuation in their plain form, dashes as '-', spaces trimmed."""
    plain = unicodedata.normalize("NFKC", text)
    if UNUSUAL.search(plain):
        plain = plain.translate(USUAL)
    return plain.strip()


def key_text(text: str) -> str:
    """Give the comparable form of a name: plain width, no spaces or line breaks, one kind of bracket, lower case."""
    plain = INVISIBLE.sub("", widen_text(text))
    if BRACKET.search(plain):
        plain = plain.translate(BRACKETS)
    return plain.strip("*:;,。、").casefold()


def fold_numerals(key: str) -> str:
    """Give 采油一站 as 采油1站, so that both spellings meet."""
    return NUMERALS.sub(lambda found: spell_number(found.group()), key)


def spell_number(text: str) -> str:
    """Give a Chinese number up to 99 in digits; other runs of numerals stay as they are."""
    if "十" not in text:
        return "".join(str(NUMERAL_VALUES[mark]) for mark in text)
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return text
    return str(NUMERAL_VALUES.get(tens, 1) * 10 + NUMERAL_VALUES.get(ones, 0))


def name_column(number: int) -> str:
    """Give the letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def count_column(letters: str) -> int:
    """Give the number of a column from its letters: A is 1. ValueError on anything but A to Z."""
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise ValueError(letters)
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def shorten_text(text: str, length: int = 30) -> str:
    """Give a text fit for a message: one line, no control characters, cut at `length`."""
    line = " ".join(text.split())
    line = "".join(mark for mark in line if mark.isprintable())
    if len(line) <= length:
        return line
    return line[:length] + "…"
