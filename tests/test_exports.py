"""Every file and paper that leaves is logged, audited, bears mark and reader, and holds no formula: all addresses are walked, with something of everything.

The rule for exemptions: what carries no business data. Today that is one's own recovery codes, and nothing else; a template to
fill in shows last month's figures, and is marked like any export.
"""

import re
from io import BytesIO
from pathlib import Path

import openpyxl
from django.urls import reverse

from ronghe.audit.models import Entry
from ronghe.common.access import find_declaration
from ronghe.common.models import Export
from tests.assessment.conftest import ready, shown  # noqa: F401  (fixtures)
from tests.figures.reading.builders import make_csv
from tests.test_every_url import EVERY, fill
from tests.test_other_area import GLOBAL, find_arguments, foreign  # noqa: F401  (fixture)

EXEMPT = {"mfa_download_recovery_codes"}
READERS = ("zhaomin", "hejing", "lijianguo", "shenji", "anquan", "xitong", "gaoming")
FILES = {
    "appraisal:check-export": "zhaomin",
    "appraisal:cycle-export": "lijianguo",
    "appraisal:quadrant-export": "zhaomin",
    "appraisal:report-word": "hejing",
    "coaching:effects-export": "zhaomin",
    "coaching:export": "zhaomin",
    "assessment:benchmark-xlsx": "zhaomin",
    "assessment:ranking-xlsx": "zhaomin",
    "assessment:run-file": "zhaomin",
    "assessment:runs-xlsx": "zhaomin",
    "assessment:scheme-compare-xlsx": "zhaomin",
    "assessment:scheme-file": "zhaomin",
    "assessment:scheme-xlsx": "zhaomin",
    "assessment:schemes-xlsx": "zhaomin",
    "archive:dispatches-export": "zhaomin",
    "archive:folder-download": "lijianguo",
    "archive:folder-export": "lijianguo",
    "archive:pack-download": "lijianguo",
    "audit:export": "shenji",
    "decisions:ledger": "zhaomin",
    "documents:download": "zhaomin",
    "duties:export": "zhaomin",
    "duties:list-export": "zhaomin",
    "figures:history-marked": "zhaomin",
    "figures:history-template": "zhaomin",
    "figures:template": "hejing",
    "figures:upload-marked": "hejing",
    "goals:goal-export": "zhaomin",
    "goals:indicators-xlsx": "zhaomin",
    "goals:leader-export": "zhaomin",
    "goals:leaders-xlsx": "zhaomin",
    "goals:mine-xlsx": "zhaomin",
    "goals:oversight-xlsx": "gaoming",
    "goals:plan-export": "zhaomin",
    "goals:plan-template": "zhaomin",
    "goals:plans-xlsx": "zhaomin",
    "goals:targets-xlsx": "zhaomin",
    "meetings:assignments-export": "zhaomin",
    "meetings:export": "zhaomin",
    "meetings:norms-export": "zhaomin",
    "initiatives:added-export": "zhaomin",
    "initiatives:export": "zhaomin",
    "letters:export": "zhaomin",
    "letters:letter-word": "lijianguo",
    "letters:template-file": "zhaomin",
    "initiatives:project-export": "zhaomin",
    "initiatives:projects-export": "zhaomin",
    "org:admin-roster-marked": "xitong",
    "org:admin-rosters-template": "xitong",
    "org:admin-units-import-template": "xitong",
    "outlook:lights-xlsx": "zhaomin",
    "outlook:xlsx": "zhaomin",
    "rectification:export": "zhaomin",
    "capability:banks-template": "lijianguo",
    "capability:certificates-export": "zhaomin",
    "capability:matrix-export": "lijianguo",
    "capability:training-template": "lijianguo",
    "tracing:export": "zhaomin",
    "retention:report-export": "shenji",
    "stationing:points-export": "zhaomin",
    "stationing:results-export": "zhaomin",
    "supervision:board-export": "zhaomin",
    "supervision:checks-export": "zhaomin",
    "supervision:daily-export": "lijianguo",
    "supervision:alerts-export": "zhaomin",
    "supervision:lists-export": "zhaomin",
    "supervision:lists-template": "lijianguo",
    "supervision:open-export": "zhaomin",
    "supervision:works-export": "zhaomin",
    "worklist:guide-export": "zhaomin",
    "worklist:load-export": "zhaomin",
    "worklist:month-export": "zhaomin",
}
PAPERS = {
    "archive:dispatches-print": "zhaomin",
    "archive:folder-print": "lijianguo",
    "retention:report-print": "shenji",
    "assessment:benchmark-print": "zhaomin",
    "assessment:chase-print": "zhaomin",
    "assessment:ranking-print": "zhaomin",
    "assessment:scheme-print": "zhaomin",
    "decisions:matter-print": "lijianguo",
    "duties:findings-print": "zhaomin",
    "duties:handover-print": "lijianguo",
    "duties:list-print": "zhaomin",
    "duties:plot-print": "zhaomin",
    "duties:print": "zhaomin",
    "goals:leader-print": "zhaomin",
    "letters:letter-print": "lijianguo",
    "letters:print": "zhaomin",
    "meetings:meeting-print": "lijianguo",
    "meetings:norms-print": "zhaomin",
    "appraisal:outcome-print": "lijianguo",
    "appraisal:report-print": "hejing",
    "appraisal:sheet-print": "zhaomin",
    "coaching:poster-print": "zhaomin",
    "coaching:talk-print": "lijianguo",
    "initiatives:print": "zhaomin",
    "initiatives:project-print": "zhaomin",
    "rectification:item-print": "zhaomin",
    "rectification:print": "zhaomin",
    "supervision:board-print": "zhaomin",
    "supervision:lists-print": "zhaomin",
    "supervision:open-print": "zhaomin",
    "supervision:open-list-print": "zhaomin",
    "supervision:work-print": "zhaomin",
    "worklist:guide-print": "zhaomin",
    "worklist:month-print": "zhaomin",
}
FORMULAS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
SOURCE = Path(__file__).resolve().parents[1] / "src" / "ronghe"


def upload(client, known):
    """Hand in a sheet with a fault, so that there is a marked copy to fetch."""
    data = make_csv([["单位", "原油产量(t)"], ["注采一站", "很多"]])
    answer = client.post(reverse("figures:upload-new", kwargs=known["figures:form"]), {"file": named(data, "月报.csv")})
    assert answer.status_code == 302, answer.content.decode()
    known["figures:upload"] = {"pk": int(answer["Location"].rstrip("/").rpartition("/")[2])}


def named(data, name):
    stream = BytesIO(data)
    stream.name = name
    return stream


def test_all_that_leaves_is_logged_and_marked(foreign, client):  # noqa: F811
    world, known = foreign
    sessions = {}
    for login in READERS:
        sessions[login] = type(client)()
        sessions[login].force_login(getattr(world, login).user, backend="allauth.account.auth_backends.AuthenticationBackend")
    upload(sessions["hejing"], known)
    for number, unit in enumerate(world.unit.values()):
        unit.name = FORMULAS[number % len(FORMULAS)] + unit.name
        unit.save()
    files, papers = {}, {}
    for pattern, name, view in EVERY:
        if name in EXEMPT or name == "account_logout":
            continue
        arguments = find_arguments(name, known) if "<" in pattern and name not in GLOBAL else None
        path = reverse(name, kwargs=arguments) if arguments else fill(pattern)
        for login in READERS:
            if not find_declaration(view, name)(getattr(world, login).user):
                continue
            before = list(Export.objects.values_list("pk", flat=True))
            answer = sessions[login].get(path)
            if answer.status_code != 200:
                continue
            new = Export.objects.exclude(pk__in=before)
            is_file = "attachment" in answer.headers.get("Content-Disposition", "")
            is_paper = any(template.name == "base_print.html" for template in answer.templates)
            assert len(new) == (is_file or is_paper), f"{name}: answers with a file or a paper, and logs {len(new)}"
            if is_file or is_paper:
                row = new[0]
                assert (row.user_id, row.mark) == (getattr(world, login).user.pk, "内部")
                assert Entry.objects.filter(verb="导出", object_id=str(row.pk), actor_name=row.user_name).count() == 1
                assert_marked(answer, row.user_name, is_paper=is_paper)
                (papers if is_paper else files)[name] = login
            break
    assert files == FILES
    assert papers == PAPERS


def assert_marked(answer, reader, *, is_paper):
    """Mark and reader stand on the paper, in the workbook on each sheet's printed foot, or in the file's name."""
    if is_paper:
        assert re.search(rf'class="mark">[^<]*【内部】导出人 {reader} · ', answer.content.decode())
        return
    data = answer.getvalue()
    if "spreadsheetml" not in answer.headers["Content-Type"] or not data.startswith(b"PK"):
        assert f"【内部 {reader} " in name_of(answer)
        return
    book = openpyxl.load_workbook(BytesIO(data))
    watermark = f"【内部】导出人 {reader} · "
    assert any(watermark in str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
        assert cell.data_type != "f"
        assert cell.quotePrefix or isinstance(cell.value, int | float) or not str(cell.value).startswith(FORMULAS), (
            f"{cell.coordinate}: {cell.value}"
        )
    for sheet in book:
        assert watermark in str(sheet.oddFooter.left.text), sheet.title


def name_of(answer):
    from urllib.parse import unquote

    return unquote(answer.headers["Content-Disposition"].partition("filename*=utf-8''")[2])


def test_nothing_is_sent_past_the_door():
    """No other module makes an attachment."""
    made = [
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if re.search(r"as_attachment|[Cc]ontent.[Dd]isposition", path.read_text())
    ]
    assert made == ["common/exports.py"]
