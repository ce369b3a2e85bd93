"""Many hands on one form: no update lost, the late ones get their text back; a double click or a replay has one effect.

And what all worker processes count in common: guesses at a second factor.
"""

import threading

import pytest

from tests.drills.deployment import CLIENTS


def at_once(count, act):
    """Run act(number) in threads that start together; return what each returned."""
    gate, answers = threading.Barrier(count), [None] * count

    def run(number):
        gate.wait()
        answers[number] = act(number)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def version_of(deployment):
    return deployment.rows(f"select version from org_person where id = {deployment.person}")[0][0]


@pytest.mark.parametrize(
    ("count", "rounds"), [pytest.param(8, 2, id="short"), pytest.param(CLIENTS, 20, id="long", marks=pytest.mark.drill)]
)
def test_no_update_is_lost(deployment, count, rounds):
    edit = f"/org/admin/people/{deployment.person}/edit/"
    clients = [deployment.client(number) for number in range(count)]
    before, accepted = version_of(deployment), 0
    for round_number in range(rounds):
        versions = [client.read_version(edit) for client in clients]

        def save(number, versions=versions, round_number=round_number):
            text = f"he jing {round_number} {number}"
            return text, clients[number].post(edit, name="何静", unit=deployment.unit, sort_key=text, version=versions[number])

        answers = at_once(count, save)
        statuses = sorted(answer.status_code for _text, answer in answers)
        assert statuses == [302] + [422] * (count - 1)
        accepted += 1
        for text, answer in answers:
            if answer.status_code == 422:
                assert text in answer.text, "a late one's text is not given back"
                assert "已被他人修改" in answer.text
    assert version_of(deployment) == before + accepted


@pytest.mark.parametrize("count", [pytest.param(6, id="short"), pytest.param(CLIENTS, id="long", marks=pytest.mark.drill)])
def test_double_click_has_one_effect(deployment, count):
    clients = [deployment.client(0) for _ in range(count)]
    badge = f"TWICE-{count}"

    def click(number):
        return clients[number].post("/org/admin/people/new/", name="双击", number=badge, unit=deployment.unit, once=badge).status_code

    assert at_once(count, click) == [302] * count
    assert deployment.rows(f"select count(*) from org_person where number = '{badge}'") == [(1,)]


def test_replayed_request_has_one_effect(deployment):
    client = deployment.client(1)
    form = {"name": "重放", "number": "REPLAY-1", "unit": deployment.unit, "once": "replay-key"}
    first = client.post("/org/admin/people/new/", **form)
    second = client.post("/org/admin/people/new/", **{**form, "number": "REPLAY-2"})
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.headers["Location"] == second.headers["Location"]
    assert deployment.rows("select number from org_person where number like 'REPLAY-%'") == [("REPLAY-1",)]


def test_stale_form_changes_nothing(deployment):
    edit = f"/org/admin/people/{deployment.person}/edit/"
    client = deployment.client(2)
    version = client.read_version(edit)
    assert client.post(edit, name="何静", unit=deployment.unit, sort_key="he jing a", version=version).status_code == 302
    answer = client.post(edit, name="何静二", unit=deployment.unit, sort_key="he jing b", version=version)
    assert answer.status_code == 422
    assert "何静二" in answer.text
    assert deployment.rows(f"select name from org_person where id = {deployment.person}") == [("何静",)]


def test_guesses_at_codes_are_counted_for_all_processes(deployment):
    """The limit is ten in five minutes, however many processes answer; what is past it is not looked at."""
    clients = [deployment.client_before_code("liuhaitao") for _ in range(4)]
    answers = [clients[number % 4].post("/accounts/2fa/authenticate/", code=f"{number:06d}") for number in range(24)]
    assert {answer.status_code for answer in answers} == {200}
    looked_at = ["次数过多" not in answer.text for answer in answers]
    assert looked_at == [True] * 10 + [False] * 14
