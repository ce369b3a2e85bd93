"""A register, a paper that waits, a year with something of everything in it."""

from datetime import timedelta

from ronghe.archive.actions.bundles import ask_folder, ask_pack
from ronghe.archive.actions.dispatches import open_register, register_dispatch
from ronghe.archive.actions.norms import adopt_topics
from ronghe.archive.jobs import make_bundle
from ronghe.archive.models import Topic
from ronghe.common.calendar import today
from tests.stage import staged


@staged
def open_one(world, direction="in", prefix="收"):
    return open_register(world.area, direction=direction, name=f"党支部{prefix}文", prefix=prefix, by=world.lijianguo.user)


@staged
def register_one(world, register, title="关于开展冬季安全检查的通知", **extra):
    values = {"other_side": "示范采油厂", "their_number": "采厂〔2026〕31号", **extra}
    return register_dispatch(register, title=title, by=world.songwen.user, **values)


def make(bundle, which):
    """Let the worker make it, here and now."""
    make_bundle.func(which, bundle.pk)
    bundle.refresh_from_db()
    return bundle


@staged
def file_year(world, year):
    return make(ask_folder(world.area, year=year, by=world.lijianguo.user), "folder")


@staged
def pack_one(world, person, *, year, topics, units=()):
    return make(ask_pack(world.area, title="年度考核", year=year, topics=topics, units=list(units), by=person.user), "pack")


@staged
def one_of_everything(world):
    """For the walkers: name of an address → its arguments."""
    register = open_one(world)
    row = register_one(world, register, handler=world.hejing, due=today() + timedelta(days=5))
    adopt_topics(world.area, by=world.lijianguo.user)
    folder = file_year(world, today().year)
    pack = pack_one(world, world.lijianguo, year=today().year, topics=["cures"])
    return {
        "archive:dispatch": {"pk": row.pk},
        "archive:register": {"pk": register.pk},
        "archive:folder": {"pk": folder.pk},
        "archive:pack": {"pk": pack.pk},
        "archive:topic": {"pk": Topic.objects.filter(area=world.area).first().pk},
    }
