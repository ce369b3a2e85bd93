import pytest

from ronghe.audit.models import Entry


@pytest.fixture
def acts():
    """acts(obj) → verbs in the audit about an object, oldest first."""

    def read(obj):
        return list(Entry.objects.filter(label=obj._meta.label_lower, object_id=obj.pk).order_by("id").values_list("verb", flat=True))

    return read


@pytest.fixture
def last_act():
    """last_act(obj) → the last entry about an object."""

    def read(obj):
        return Entry.objects.filter(label=obj._meta.label_lower, object_id=obj.pk).order_by("-id").first()

    return read


@pytest.fixture
def above(world):
    """何佳 and 安宁, 系统 and 安全管理员 of the plant."""
    from tests.people import make_person

    make_person(world, "何佳", "hejia", world.plant, ("system_admin", world.plant))
    make_person(world, "安宁", "anning", world.plant, ("security_admin", world.plant))
    return world


@pytest.fixture
def fields():
    """fields(problem) → the fields that a ValidationError names."""
    return lambda caught: sorted(getattr(caught.value, "error_dict", {}))
