"""A year filed with something of everything; packs; what may not be in either; whether a zip is still what was filed."""

import json
import zipfile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command

from ronghe.archive.actions.bundles import ask_folder, ask_pack, check_folder
from ronghe.archive.actions.norms import add_topic, change_topic, retire_topic, set_term
from ronghe.archive.jobs import make_bundle
from ronghe.archive.models import Folder, Pack, Topic
from ronghe.archive.queries.norms import list_terms, list_topics
from ronghe.archive.zips import check_zip
from ronghe.audit.models import Chain
from ronghe.audit.verification import verify_all
from ronghe.common.actions import Refused
from ronghe.common.calendar import today
from ronghe.common.crypto import current
from ronghe.common.models import Export
from ronghe.common.papers import sources
from ronghe.notices.models import Notice
from ronghe.retention.actions import run_rules
from ronghe.supervision.models import LogPerson
from tests.archive import cases
from tests.assessment.conftest import ready, shown  # noqa: F401  (fixtures)
from tests.decisions.cases import stop_one
from tests.goals.cases import issue, write_plan
from tests.letters.cases import put_in_force
from tests.meetings import cases as meeting_cases
from tests.rectification.cases import close_one
from tests.supervision import cases as supervised


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.RONGHE_CHECKPOINTS = tmp_path / "checkpoints"
    settings.RONGHE_KEYS = tmp_path / "keys"
    settings.RONGHE_ARCHIVE = tmp_path / "archive"
    settings.MEDIA_ROOT = tmp_path / "documents"


def text_of(bundle):
    """Return every file of a zip as one text."""
    with zipfile.ZipFile(bundle.path) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "ignore") for name in packed.namelist())


def test_every_kind_has_a_term_and_belongs_to_a_topic(world):
    lines = {line.kind: line for line in list_terms(world.area.pk)}
    assert set(lines) == {kind for kind, _source in sources.items()}
    assert all(line.basis and line.years in (None, 30, 10) for line in lines.values())
    assert {kind for topic in list_topics(world.area.pk) for kind in topic.kinds} == set(lines)
    set_term(world.area, "letters", years=None, basis="归档范围表第 3 项", by=world.lijianguo.user)
    line = next(line for line in list_terms(world.area.pk) if line.kind == "letters")
    assert (line.text, line.own) == ("永久", True)
    with pytest.raises(PermissionDenied):
        set_term(world.area, "letters", years=10, basis="x", by=world.wanghaitao.user)
    with pytest.raises(Refused):
        set_term(world.area, "nothing", years=10, basis="x", by=world.lijianguo.user)


def test_topics_are_data(world):
    topic = add_topic(world.area, name="信访", kinds=["dispatches"], basis="信访工作条例", by=world.lijianguo.user)
    assert len(list_topics(world.area.pk)) == 9
    with pytest.raises(ValidationError):
        change_topic(topic, {"name": "信访", "kinds": [], "basis": "x"}, by=world.lijianguo.user)
    change_topic(topic, {"name": "信访稳定", "kinds": ["dispatches", "cures"], "basis": "x"}, by=world.lijianguo.user)
    retire_topic(Topic.objects.get(code="pay"), by=world.lijianguo.user)
    assert [line.name for line in list_topics(world.area.pk)][-2:] == ["收发文", "信访稳定"]


def test_a_year_is_filed_checked_and_filed_again(shown, client, capsys):  # noqa: F811
    world = shown
    meeting_cases.one_of_everything(world)
    plan, _goal, _party = write_plan(world)
    issue(world, plan)
    letter = put_in_force(world)
    close_one(world)
    cases.register_one(world, cases.open_one(world), title="已登记的来文")
    year = today().year
    with pytest.raises(PermissionDenied):
        ask_folder(world.area, year=year, by=world.wanghaitao.user)
    with pytest.raises(ValidationError):
        ask_folder(world.area, year=year + 1, by=world.lijianguo.user)
    folder = ask_folder(world.area, year=year, by=world.lijianguo.user)
    with pytest.raises(Refused):
        ask_folder(world.area, year=year - 1, by=world.lijianguo.user)
    with pytest.raises(Refused):
        check_folder(folder, by=world.lijianguo.user)
    folder = cases.make(folder, "folder")
    make_bundle.func("folder", folder.pk)  # a second worker finds nothing to do
    assert (folder.state, folder.problem, folder.total > 0, folder.done == folder.total) == ("ready", "", True, True)
    kinds = set(folder.pieces.values_list("kind", flat=True))
    assert {"letters", "cures", "plans", "dispatches"} <= kinds
    with zipfile.ZipFile(folder.path) as packed:
        names = packed.namelist()
        listed = json.loads(packed.read("清单.json"))
        index = packed.read("索引.html").decode()
        assert packed.read("索引.pdf").startswith(b"%PDF")
        assert packed.read("索引.xlsx").startswith(b"PK")
    assert set(names) == {*listed["files"], "清单.json", "清单.sig"}
    assert {piece.path: piece.digest for piece in folder.pieces.all()}.items() <= listed["files"].items()
    assert "已登记的来文" in index
    assert letter.number in text_of(folder)
    assert check_folder(folder, by=world.lijianguo.user) == []
    call_command("archive", "check", "--year", str(year))
    assert "全部相符" in capsys.readouterr().out
    again = cases.file_year(world, year)
    assert (again.edition, folder.path.exists(), again.digest != folder.digest) == (2, True, True)

    path = folder.path
    good = path.read_bytes()
    first = folder.pieces.first()
    with zipfile.ZipFile(path) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    changed = {**files, first.path: files[first.path] + b" ", "多出来.txt": b"x"}
    changed.pop(folder.pieces.last().path)
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in changed.items():
            packed.writestr(name, data)
    faults = check_folder(Folder.objects.get(pk=folder.pk), by=world.lijianguo.user)
    assert sorted(fault.split(":")[-1] for fault in faults) == ["内容被改动", "清单里没有", "缺失"]
    with pytest.raises(SystemExit):
        call_command("archive", "check")
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in {**files, "清单.json": files["清单.json"] + b" "}.items():
            packed.writestr(name, data)
    assert {"清单不是本系统所签,或被改动", "清单与数据库里的摘要不符"} <= set(check_folder(Folder.objects.get(pk=folder.pk), by=None))
    path.write_bytes(good)
    kept = str(current.public_keys())
    call_command("archive", "check", "--file", str(path), "--public-key", kept)
    path.unlink()
    assert "文件不在了" in check_zip(path)[0]
    Chain.objects.update(checked=0)  # a test commits nothing, so no checkpoint is written
    assert verify_all().faults == []


def test_a_pack_holds_what_its_asker_may_read_and_no_more(world, login, settings, tmp_path):
    close_one(world)
    stop_one(world)
    supervised.one_of_everything(world)
    assert LogPerson.objects.exists()
    year = today().year
    everything = [topic.code for topic in list_topics(world.area.pk)]
    pack = cases.pack_one(world, world.lijianguo, year=year, topics=everything)
    text = text_of(pack)
    assert (pack.state, pack.problem, "索引" in text) == ("ready", "", True)
    assert Notice.objects.get(kind="档案", person=world.lijianguo).title == f"“{pack}”已生成,可以下载"
    for entry in LogPerson.objects.select_related("entry"):
        assert entry.entry.text not in text
    small = cases.pack_one(world, world.sunlihua, year=year, topics=["cures"], units=[world.unit["注采二站"]])
    assert (small.state, small.total < pack.total) == ("ready", True)
    with pytest.raises(ValidationError):
        ask_pack(world.area, title="x", year=year, topics=["nothing"], units=[], by=world.lijianguo.user)
    with pytest.raises(ValidationError):
        ask_pack(world.area, title="x", year=year, topics=everything, units=[world.unit["二区采油站"]], by=world.lijianguo.user)
    with pytest.raises(PermissionDenied):
        ask_pack(world.area, title="x", year=year, topics=everything, units=[], by=world.wutong.user)
    client = login(world.lijianguo)
    page = client.get(f"/archive/packs/{pack.pk}/").content.decode()
    assert ("已生成" in page, "every 3s" in page) == (True, False)
    answer = client.get(f"/archive/packs/{pack.pk}/download/")
    assert (answer.status_code, b"".join(answer.streaming_content) == pack.path.read_bytes()) == (200, True)
    assert Export.objects.get().what == f"下载迎检包:{pack}"
    assert login(world.wanghaitao).get(f"/archive/packs/{pack.pk}/download/").status_code == 404
    Pack.objects.filter(pk=pack.pk).update(ended_at=pack.ended_at.replace(year=year - 1))
    run_rules(today())
    pack.refresh_from_db()
    assert (pack.state, pack.path.exists(), small.path.exists()) == ("expired", False, True)
    settings.RONGHE_BUNDLE_BYTES = 10
    failed = cases.pack_one(world, world.lijianguo, year=year, topics=["cures"])
    assert (failed.state, "上限" in failed.problem, list((tmp_path / "archive/packs").glob("*.partial"))) == ("failed", True, [])


def test_the_folder_pages(world, login):
    close_one(world)
    client = login(world.lijianguo)
    assert client.post("/archive/folders/new/", {"year": 2090, "once": "a"}).status_code == 422
    assert client.post("/archive/folders/new/", {"year": today().year, "once": "b"}).status_code == 302
    folder = Folder.objects.get()
    page = client.get(f"/archive/folders/{folder.pk}/").content.decode()
    assert ("排队中" in page, "every 3s" in page) == (True, True)
    assert client.get(f"/archive/folders/{folder.pk}/download/").status_code == 404
    cases.make(folder, "folder")
    assert "归档文件目录" in client.get(f"/archive/folders/{folder.pk}/").content.decode()
    assert client.post(f"/archive/folders/{folder.pk}/check/", {"once": "c"}).status_code == 302
    for door in ("download", "export", "print"):
        assert client.get(f"/archive/folders/{folder.pk}/{door}/").status_code == 200
    assert client.post("/archive/terms/letters/", {"years": "10", "basis": "归档范围表", "once": "d"}).status_code == 302
    assert client.get("/archive/terms/nothing/").status_code == 404
    assert client.post("/archive/topics/new/", {"name": "信访", "kinds": ["cures"], "basis": "条例", "once": "e"}).status_code == 302
    for other in (world.wanghaitao, world.hejing, world.xitong, world.gaoming):
        assert login(other).get("/archive/folders/").status_code == 403
    assert login(world.handong).get(f"/archive/folders/{folder.pk}/").status_code == 404
