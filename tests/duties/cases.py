"""What the tests of 分工 share: the seven leaders of the paper in the small world, and its arrangement."""

from ronghe.accounts.models import User
from ronghe.duties.actions.adopt import adopt_matrix
from ronghe.duties.models import Holding, Matter
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Post
from ronghe.org.packs import read_organisation
from tests.people import make_person
from tests.stage import staged

NEW = (("丁立", "dingli", "deputy_party"), ("田野", "tianye", "deputy_production"), ("姜鸿", "jianghong", "deputy_engineering"))


def user(person):
    """The person's account, as a new request would load it."""
    return User.objects.get(pk=person.user_id)


@staged
def seat_seven(world):
    """Give the area its seven leaders with their committee posts; returns kind → post."""
    for name, login, kind in NEW:
        if name not in world.person:
            make_person(world, name, login, world.area, (kind, world.area))
    pack = read_organisation()
    posts = {post.kind: post for post in Post.objects.filter(area=world.area, kind__in=LEADERS)}
    for kind, post in posts.items():
        post.committee = list(pack.posts[kind].committee)
        post.title = pack.posts[kind].title
        post.order = LEADERS.index(kind)
        post.save()
    return posts


@staged
def adopt(world):
    """The paper's own arrangement, by the secretary."""
    posts = seat_seven(world)
    adopt_matrix(world.area, by=user(world.lijianguo))
    return posts


def matter(world, name):
    return Matter.objects.get(area=world.area, name=name, valid_to=None)


def holds(world, name):
    """(kind of post, side, kind) of who holds a matter now."""
    rows = Holding.objects.filter(matter=matter(world, name), valid_to=None)
    return sorted(rows.values_list("post__kind", "side", "kind"))
