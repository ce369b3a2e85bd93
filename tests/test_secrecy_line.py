"""Every form that takes free text or a file says 涉密不上网 (issue B)."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms

import ronghe

SOURCES = Path(ronghe.__file__).parent
# rows of a table whose head says it once for all of them
SAID_BY_THE_HEAD = {"ronghe.duties.views.lists.RowForm", "ronghe.letters.forms.LineForm"}


def walk_forms(kind: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    for form in kind.__subclasses__():
        yield form
        yield from walk_forms(form)


@pytest.fixture(scope="module")
def our_forms() -> dict[str, type[forms.BaseForm]]:
    for module in pkgutil.walk_packages(ronghe.__path__, "ronghe."):
        if ".migrations" not in module.name and ".site." not in module.name:
            importlib.import_module(module.name)
    found = {f"{form.__module__}.{form.__qualname__}": form for form in walk_forms()}
    return {name: form for name, form in found.items() if name.startswith("ronghe.") and "<locals>" not in name}


def takes_free_text(field: forms.Field) -> bool:
    return isinstance(field.widget, forms.Textarea) or isinstance(field, forms.FileField)


def test_every_form_with_free_text_or_a_file_says_it(our_forms: dict[str, type[forms.BaseForm]]) -> None:
    silent = []
    for name, form in our_forms.items():
        fields = form.base_fields.values()  # type: ignore[attr-defined]
        if any(map(takes_free_text, fields)) and not any("涉密不上网" in str(field.help_text) for field in fields):
            silent.append(name)
    assert set(silent) == SAID_BY_THE_HEAD


def list_hand_written() -> list[tuple[str, str]]:
    """Return (template, form) for each form with an input of its own that no form class prints."""
    found = []
    for path in sorted(SOURCES.rglob("*.html")):
        if "cotton" in path.parts or "allauth" in path.parts:
            continue
        for text in re.findall(r"<form\b.*?</form>", path.read_text(encoding="utf-8"), re.DOTALL):
            own = re.search(r"<textarea\b|type=\"file\"", text)
            if own and not re.search(r"c-field|crispy|c-upload", text):
                found.append((str(path.relative_to(SOURCES)), text))
    return found


def test_every_hand_written_form_says_it() -> None:
    assert [name for name, text in list_hand_written() if "涉密不上网" not in text] == []


def test_the_upload_box_says_it() -> None:
    box = (SOURCES / "common" / "templates" / "cotton" / "upload.html").read_text(encoding="utf-8")
    assert "涉密不上网" in box
