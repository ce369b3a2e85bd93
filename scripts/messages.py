#!/usr/bin/env python
"""The English interface: `scripts/messages.py update | check | compile`.

Two catalogues stand in src/ronghe/locale/en/LC_MESSAGES. `django.po` holds what goes through gettext; `phrases.po` what pure
rules, sheets and the verbs of the audit say in Chinese without it, looked up as a page goes out (ronghe/common/phrasebook.py).
The lines of the menu have a context of their own ("menu"), as have the headings of their pages: what is 会议 beside one meeting is Meetings there.
Sentences that are glued from parts in code stand as shapes in src/ronghe/locale/glued.txt. `update` takes in new texts (left empty) and drops those that are gone; `check` fails while one is empty or its places differ
from the Chinese; `compile` writes the .mo files that the program reads.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/ronghe"
FOLDER = SOURCE / "locale/en/LC_MESSAGES"
CHINESE = re.compile("[\u3400-\u9fff]")
PLACE = re.compile(r"%\(\w+\)[-#0 +]*[\d.]*[a-z]|\{\w*(?::[^}]*)?\}|%%|%s|%d")
GETTEXT = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext"}
CALL = re.compile(r"""(?:\b(?:_|n?gettext)\(|(?<=['"]),)\s*(u?"(?:[^"\\]|\\.)*"|u?'(?:[^'\\]|\\.)*')""", re.DOTALL)
IN_CONTEXT = re.compile(r"""\bpgettext\(\s*u?["'](\w+)["'],\s*u?("[^"]*"|'[^']*')\s*\)""")
JOINT = "\x04"  # between a context and its text, as gettext itself keeps them
IN_TAG = re.compile(r"{[{%](.*?)[}%]}", re.DOTALL)
STRING = re.compile(r"""(\w+)?(?::|==\s*|\s|=)("[^"]*"|'[^']*')""")
# what reads people's sheets, talks to the console or invents the demo's people is no interface
NO_INTERFACE = re.compile(r"/migrations/|/demo/|/reading|/management/|/cli\.py$|/roster\.py$")
# keys of the packs that are matched against what people write, or are texts of their own (a letter, a scheme)
NOT_SAID = {"aliases", "keywords", "scheme", "text"}


def main(task: str) -> int:
    """Do one of the three tasks; 1 when `check` finds something."""
    settings.configure(USE_I18N=False)
    found = {"django": {}, "phrases": {}}
    for domain, text, place in read_source():
        if domain == "phrases" and text in found["django"]:
            continue
        found[domain].setdefault(text, place)
    for text in found["django"]:
        found["phrases"].pop(text, None)
    if task == "update":
        return sum(update(domain, texts) for domain, texts in found.items())
    if task == "check":
        return min(1, sum(check(domain, texts) for domain, texts in found.items()))
    for domain in found:
        polib.pofile(str(FOLDER / f"{domain}.po")).save_as_mofile(str(FOLDER / f"{domain}.mo"))
    return 0


def read_source() -> Iterator[tuple[str, str, str]]:
    """Yield (domain, text, file) for every text of the interface."""
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        yield from ((domain, text, name) for domain, text in read_python(path.read_text(), bare=not NO_INTERFACE.search(f"/{name}")))
    for path in sorted([*SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt")]):
        name = path.relative_to(SOURCE).as_posix()
        yield from ((domain, text, name) for domain, text in read_template(path.read_text()))
    for line in (SOURCE / "locale/glued.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            yield "phrases", line, "locale/glued.txt"
    for path in sorted((ROOT / "packs").rglob("*.toml")):
        yield from (("phrases", text, f"packs/{path.name}") for text in read_pack(tomllib.loads(path.read_text())))


def read_python(source: str, *, bare: bool) -> Iterator[tuple[str, str]]:
    """Texts through gettext, and with `bare` also those that are written in Chinese without it (not docstrings, not patterns)."""
    tree = ast.parse(source)
    yield from (("django", f"menu{JOINT}{text}") for text in read_menu(tree))
    done: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(node, clean=False):
            done.add(id(node.body[0].value))  # type: ignore[attr-defined]
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in GETTEXT and node.args:
            for part in ast.walk(node.args[0]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield "django", part.value
                    done.add(id(part))
        if isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "re" and node.args:
            done.update(id(part) for part in ast.walk(node.args[0]))
    if not bare:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in done:
            done.update(id(part) for part in node.values)
            text = "".join(part.value if isinstance(part, ast.Constant) else f"{{{place}}}" for place, part in number_places(node))
            if CHINESE.search(text):
                yield "phrases", text
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in done and CHINESE.search(node.value):
            yield "phrases", node.value.strip()


def read_menu(tree: ast.Module) -> Iterator[str]:
    """The section, the label and the tab of each line that a context adds to the menu (its section and label come first, in Chinese)."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or len(node.args) < 3:
            continue
        said = [part.value for part in node.args[:3] if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        tabs = [word.value.value for word in node.keywords if word.arg == "tab" and isinstance(word.value, ast.Constant)]
        if len(said) == 3 and CHINESE.search(said[0]) and CHINESE.search(said[1]) and re.fullmatch(r"[a-z]+:[a-z-]+", said[2]):
            yield from (*said[:2], *tabs)


def number_places(node: ast.JoinedStr) -> Iterator[tuple[int, ast.expr]]:
    """The parts of an f-string, its places numbered from 0."""
    place = 0
    for part in node.values:
        yield place, part
        place += not isinstance(part, ast.Constant)


def read_template(source: str) -> Iterator[tuple[str, str]]:
    """Texts in translate tags, and words that other tags and filters bring in themselves (|default:"全部")."""
    code = templatize(source)
    yield from (("django", f"{context}{JOINT}{ast.literal_eval(text)}") for context, text in IN_CONTEXT.findall(code))
    for match in CALL.finditer(IN_CONTEXT.sub("", code)):
        yield "django", ast.literal_eval(match[1].lstrip("u")).replace("\r", "")
    for tag in IN_TAG.finditer(source):
        if re.match(r"\s*(?:block)?trans", tag[1]):
            continue
        for word, text in STRING.findall(re.sub(r'_\("[^"]*"\)', "", tag[1])):
            if word not in {"date", "time"} and CHINESE.search(text):
                yield from (("phrases", part) for part in (text[1:-1].split(",") if word == "yesno" else [text[1:-1]]))


def read_pack(value: object, key: str = "name") -> Iterator[str]:
    """The names and sentences of a pack that a unit takes over as it starts, and that its pages then show."""
    if isinstance(value, str):
        if key not in NOT_SAID and CHINESE.search(value):
            yield value.strip()
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from read_pack(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from read_pack(part, key)


def read_catalogue(path: Path) -> dict[str, str]:
    """Return text → English; a text with a context as gettext keeps it."""
    return {(entry.msgctxt + JOINT if entry.msgctxt else "") + entry.msgid: entry.msgstr for entry in polib.pofile(str(path))}


def update(domain: str, texts: dict[str, str]) -> int:
    """Write the catalogue again: what there was in English stays, what is new is empty, what is gone goes."""
    path = FOLDER / f"{domain}.po"
    known = read_catalogue(path) if path.exists() else {}
    made = polib.POFile(wrapwidth=0)
    made.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "en",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for text, place in sorted(texts.items(), key=lambda item: (item[1], item[0])):
        flags = ["python-format"] if domain == "django" and re.search(r"%\(\w+\)", text) else []
        context, _joint, plain = text.rpartition(JOINT)
        said = known.get(text, "") or known.get(plain, "")
        made.append(polib.POEntry(msgctxt=context or None, msgid=plain, msgstr=said, occurrences=[(place, "")], flags=flags))
    path.parent.mkdir(parents=True, exist_ok=True)
    made.save(str(path))
    print(f"{domain}: {len(made)}, {len(made.untranslated_entries())} to translate")
    return 0


def check(domain: str, texts: dict[str, str]) -> int:
    """Say what is missing, gone, or has other places than the Chinese."""
    said = read_catalogue(FOLDER / f"{domain}.po")
    faults = [f"no English: {text!r} ({place})" for text, place in texts.items() if not said.get(text)]
    faults += [f"gone: {text!r}" for text in said.keys() - texts.keys()]
    faults += [
        f"other places: {text!r} → {english!r}"
        for text, english in said.items()
        if english and sorted(PLACE.findall(text)) != sorted(PLACE.findall(english))
    ]
    for fault in faults[:40]:
        print(f"{domain}: {fault}")
    if faults:
        print(f"{domain}: {len(faults)} faults; `scripts/messages.py update` takes in what is new")
    return len(faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
