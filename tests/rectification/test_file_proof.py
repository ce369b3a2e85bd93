"""提交证明: text and at least one document, by the owner, when the measures are done."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from ronghe.common.actions import Refused
from ronghe.common.calendar import add_working_days, today
from ronghe.documents.queries import list_documents
from ronghe.rectification import actions
from ronghe.rectification.models import Proof
from tests.rectification.cases import PNG, PROOF_FILES, finish_all, fresh, notices_of, open_one, plan_one, prove_one, titles_of, user


def ready(world):
    item = plan_one(world)
    finish_all(item)
    return item


def test_verifier_is_asked(world):
    item = ready(world)
    proof = actions.file_proof(item, text="换了泵", files=PROOF_FILES, by=user(world.liuhaitao))
    item = fresh(item)
    assert (item.state, item.holder, item.step_due) == ("proving", world.zhengshuang, add_working_days(today(), 3))
    assert (proof.text, proof.filed_by, proof.verdict) == ("换了泵", world.liuhaitao, "pending")
    assert [one.name for one in list_documents(proof)] == ["照片.png"]
    assert titles_of(world.zhengshuang) == [("整改验证", item.step_due)]
    assert titles_of(world.liuhaitao) == []
    assert notices_of(world.zhengshuang) == ["整改证明请您验证:躺井率连续两月超标"]


@pytest.mark.parametrize(
    ("values", "field"), [({"text": " "}, "text"), ({"files": ()}, "materials"), ({"files": [("x.exe", b"MZ\x00")]}, "materials")]
)
def test_text_and_a_document_are_needed(world, values, field):
    item = ready(world)
    with pytest.raises(ValidationError) as problem:
        actions.file_proof(item, by=user(world.liuhaitao), **{"text": "x", "files": PROOF_FILES, **values})
    assert list(problem.value.message_dict) == [field]
    assert (fresh(item).state, Proof.objects.count()) == ("curing", 0)


def test_measures_come_first(world):
    with pytest.raises(Refused, match="还有 1 条措施"):
        actions.file_proof(plan_one(world), text="x", files=PROOF_FILES, by=user(world.liuhaitao))


def test_plan_comes_first(world):
    with pytest.raises(Refused, match="请先制定整改方案"):
        actions.file_proof(open_one(world), text="x", files=PROOF_FILES, by=user(world.liuhaitao))


@pytest.mark.parametrize("name", ["李建国", "郑爽", "何静", "吴桐", "孙丽华"])
def test_only_the_owner_files(world, name):
    with pytest.raises(PermissionDenied):
        actions.file_proof(ready(world), text="x", files=PROOF_FILES, by=user(world.person[name]))


def test_second_proof_is_refused(world):
    with pytest.raises(Refused, match="正在等待验证"):
        actions.file_proof(prove_one(world), text="x", files=PROOF_FILES, by=user(world.liuhaitao))


def test_page_takes_several_files_once(world, login):
    item = ready(world)
    client = login(world.liuhaitao)
    for _again in range(2):
        files = [SimpleUploadedFile(name, PNG, "image/png") for name in ("前.png", "后.png")]
        data = {"version": fresh(item).version, "once": "k", "text": "换了泵", "materials": files}
        assert client.post(f"/rectification/{item.pk}/proof/", data).status_code == 302
    assert [one.name for one in list_documents(Proof.objects.get())] == ["前.png", "后.png"]


def test_page_says_what_is_missing_and_keeps_the_text(world, login):
    item = ready(world)
    response = login(world.liuhaitao).post(f"/rectification/{item.pk}/proof/", {"version": item.version, "text": "写了很多"})
    assert response.status_code == 422
    assert "写了很多" in response.content.decode()
    assert Proof.objects.count() == 0


def test_documents_are_as_readable_as_the_item(world, login):
    item = prove_one(world)
    document = list_documents(item.proofs.get())[0]
    assert login(world.zhengshuang).get(f"/documents/{document.pk}/").status_code == 200
    assert login(world.hejing).get(f"/documents/{document.pk}/").status_code == 200
    for stranger in (world.sunlihua, world.handong, world.gaoming, world.xitong):
        assert login(stranger).get(f"/documents/{document.pk}/").status_code == 404
