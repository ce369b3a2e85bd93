"""What the tests of 责任书 share: the pack's templates adopted, a 党小组's list issued, a letter in each of its states."""

from ronghe.common.calendar import today
from ronghe.duties.actions.lists import issue_list, start_list
from ronghe.letters.actions.drafts import draft_letters, send_letter
from ronghe.letters.actions.signing import sign_letter
from ronghe.letters.actions.templates import adopt_templates
from ronghe.letters.models import Letter, LetterTemplate
from ronghe.org.models import Post
from tests.duties.cases import user
from tests.stage import staged

STATIONS = {"注采一站": "liuhaitao", "注采二站": "sunlihua", "注采三站": "maxiaoyan"}


def post_of(world, kind, unit=None):
    return Post.objects.get(kind=kind, unit=unit or world.area)


@staged
def prepare(world):
    """Templates in use, the first group's duty list in force; returns the template of the groups' letters."""
    adopt_templates(world.area, by=user(world.lijianguo))
    made = start_list(by=user(world.lijianguo), group=world.group["注采一站"])
    issue_list(made, valid_from=today(), by=user(world.lijianguo))
    return LetterTemplate.objects.get(area=world.area, whom="group")


@staged
def draft(world, template=None, unit="注采一站", year=None):
    template = template or prepare(world)
    return draft_letters(
        template, year=year or today().year, first_post=post_of(world, "branch_secretary"),
        posts=[post_of(world, "group_leader", world.unit[unit])], by=user(world.lijianguo),
    )[0]  # fmt: skip


@staged
def pend(world, **how):
    return send_letter(draft(world, **how), by=user(world.lijianguo))


@staged
def put_in_force(world, **how):
    letter = pend(world, **how)
    sign_letter(letter, digest=letter.digest, how="password", by=user(world.lijianguo))
    return sign_letter(letter, digest=letter.digest, how="password", by=user(letter.second))


def fresh(letter):
    return Letter.objects.get(pk=letter.pk)
