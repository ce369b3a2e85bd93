"""What is laid is what was written: rows, changed rows, deleted rows and the objects; after a step of a test's own the builder runs."""

import pytest
from django.apps import apps
from django.db import transaction

from ronghe.org.models import Membership, PartyOrg, Person
from tests.people import build_world
from tests.stage import stage, staged

TIMES = {"change": 0}


@staged
def change(world, title="组长"):
    """Add one row, change one, delete one."""
    TIMES["change"] += 1
    world.added = PartyOrg.objects.create(code="new", name=f"新党小组'{title}\n;", kind="group", unit=world.area, area=world.area)
    Person.objects.filter(pk=world.liuhaitao.pk).update(name="刘海", left_on=None)
    Membership.objects.filter(person=world.sunlihua).delete()
    return [world, world.added, title]


def read_all():
    """Every row of every table."""
    models = [model for model in apps.get_models() if model._meta.managed]
    return {model._meta.label: sorted(map(repr, model._base_manager.order_by("pk").values())) for model in models}


def test_the_second_time_is_as_the_first(db):
    seen, played = [], TIMES["change"]
    for _time in range(2):
        with transaction.atomic():
            stage.begin()
            world = build_world()
            same, added, title = change(world, title="第一次")
            assert same is world
            assert world.added is added
            assert (added.name, title) == ("新党小组'第一次\n;", "第一次")
            assert world.person["何静"].unit == world.unit["注采一站"]
            seen.append(read_all())
            later = PartyOrg.objects.create(code="later", name="更晚", kind="group", unit=world.area, area=world.area)
            assert later.pk > added.pk
            transaction.set_rollback(True)
    assert TIMES["change"] == played + 1
    assert {"org.Person", "org.Membership", "org.PartyOrg"} <= {label for label, rows in seen[0].items() if rows}
    assert seen[0] == seen[1]


def test_a_copy_is_each_tests_own(world):
    change(world)
    kept = stage.scenes[stage.path].result if stage.path else b""
    world.added.name = world.person["何静"].name = "自己改的"
    assert "自己改的".encode() not in kept
    assert world.added.name == "自己改的"


def test_other_words_are_another_scene(world):
    before = TIMES["change"]
    assert change(world, title="副组长")[2] == "副组长"
    assert TIMES["change"] == before + 1


@pytest.mark.parametrize("step", ["write", "rollback", "setting"])
def test_after_a_step_of_ones_own_the_builder_runs(world, step, settings):
    if step == "write":
        Person.objects.filter(pk=world.hejing.pk).update(sort_key="hejing2")
    elif step == "rollback":
        point = transaction.savepoint()
        transaction.savepoint_rollback(point)
    else:
        settings.RONGHE_MAIL = False
    before = TIMES["change"]
    change(world)
    assert TIMES["change"] == before + 1
