"""Each rule of the detector with the smallest example; generated matrices, clean and with one seeded fault."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ronghe.duties.rules import Group, Hold, Matter, Picture, Post, Structure, Thresholds, detect

A, C = "administrative", "committee"
HR = Matter(1, "人力资源")
SECRETARY = Post(1, "书记", ("secretary",), (11,))
DEPUTY = Post(2, "经营副职", ("discipline",), (12,))
THIRD = Post(3, "工程副职", ("publicity",), (13,))
NAMES = {11: "甲", 12: "乙", 13: "丙"}


def look(*holds, posts=(SECRETARY, DEPUTY, THIRD), matters=(HR,), **more):
    picture = Picture(matters, posts, tuple(Hold(*one) for one in holds), names=NAMES, **more)
    return [(one.rule, one.title) for one in detect(picture)]


def test_one_owner_is_clean():
    assert look((1, 1, A, "lead"), (1, 2, A, "assist"), (1, 3, C, "supervise")) == []


def test_gap():
    assert look((1, 2, A, "assist"), (1, 3, C, "supervise")) == [("gap", "“人力资源”没有人主管或分管")]


def test_overlap_by_post():
    assert look((1, 1, A, "lead"), (1, 2, A, "charge")) == [("overlap", "“人力资源”由书记、经营副职按行政岗位同时负责")]


def test_overlap_by_committee():
    assert look((1, 1, C, "charge"), (1, 2, C, "charge")) == [("overlap", "“人力资源”由书记、经营副职按支委职务同时负责")]


def test_blurred_line_where_post_and_committee_differ():
    assert look((1, 1, A, "charge"), (1, 3, C, "charge")) == [("blurred", "“人力资源”行政分工归书记,支委分工归工程副职")]


def test_both_sides_of_one_post_are_clean():
    assert look((1, 1, A, "charge"), (1, 1, C, "charge")) == []


def test_two_posts_of_one_person_are_one_owner():
    same = replace(DEPUTY, holders=(11,))
    assert look((1, 1, A, "lead"), (1, 2, A, "charge"), posts=(SECRETARY, same)) == []


@pytest.mark.parametrize("kind", ["lead", "charge", "assist"])
def test_self_supervision(kind):
    found = look((1, 1, A, kind), (1, 1, C, "supervise"), (1, 2, A, "charge" if kind == "assist" else "assist"))
    assert found == [("self_supervision", "“人力资源”由书记办理,又由其监督")]


def test_self_supervision_by_another_post_of_the_same_person():
    same = replace(DEPUTY, holders=(11,))
    assert look((1, 1, A, "lead"), (1, 2, C, "supervise"), posts=(SECRETARY, same)) == [
        ("self_supervision", "“人力资源”由经营副职办理,又由其监督")
    ]


def test_vacancy_of_an_empty_post():
    assert look((1, 1, A, "lead"), posts=(replace(SECRETARY, holders=()),)) == [("vacancy", "书记空缺,1 项分工没有人办")]


def test_an_empty_post_without_matters_is_no_vacancy():
    assert look((1, 1, A, "lead"), posts=(SECRETARY, replace(DEPUTY, holders=()))) == []


def test_vacancy_while_the_holder_is_away():
    away = replace(SECRETARY, away=frozenset({11}))
    assert look((1, 1, A, "lead"), posts=(away,)) == [("vacancy", "书记甲离岗,1 项分工没有人代管")]
    assert look((1, 1, A, "lead"), posts=(replace(away, covered=True),)) == []
    assert look((1, 1, A, "lead"), posts=(replace(away, holders=(11, 12)),)) == []  # an acting one is there


def test_what_somebody_who_left_still_holds():
    assert look((1, 1, A, "lead"), structure=Structure(left=((9, "老王", 3),))) == [("left", "老王已离任,名下还有 3 项没有移交")]


def test_overload_against_the_mean_of_the_others():
    matters = tuple(Matter(n, f"事{n}") for n in range(1, 11))
    holds = [(n, 1 if n <= 8 else n - 7, A, "lead") for n in range(1, 11)]
    assert look(*holds, matters=matters) == [("overload", "甲负责 8 项,其他人平均 1.0 项")]


def test_few_matters_are_no_overload():
    matters = tuple(Matter(n, f"事{n}") for n in range(1, 6))
    holds = [(n, {4: 2, 5: 3}.get(n, 1), A, "lead") for n in range(1, 6)]
    assert look(*holds, matters=matters) == []


def test_overload_of_due_tasks():
    assert look((1, 1, A, "lead"), tasks={11: 20, 12: 2, 13: 4}) == [("overload_tasks", "甲近一个月到期待办 20 项,其他人平均 3.0 项")]


@pytest.mark.parametrize(
    ("group", "title"),
    [
        (Group(1, "一站", False), "一站没有党小组"),
        (Group(1, "一站", True, 2, "full"), "一站党小组 2 名党员,不足 3 名"),
        (Group(1, "一站", True, 3, "probationary"), "一站党小组长是预备党员"),
        (Group(1, "一站", True, 3, None), "一站党小组没有组长"),
    ],
)
def test_groups(group, title):
    assert look((1, 1, A, "lead"), structure=Structure((group,))) == [("group", title)]


def test_a_group_that_fits():
    assert look((1, 1, A, "lead"), structure=Structure((Group(1, "一站", True, 3, "full"),))) == []


def seats(count, deputies=1):
    return tuple(Post(n, f"岗{n}", ("deputy_secretary",) if n <= deputies else ("x",), (10 + n,)) for n in range(1, count + 1))


def test_committee_at_and_above_its_limit():
    def found(count):
        return [(one.rule, one.level) for one in detect(Picture(posts=seats(count)))]

    assert found(6) == []
    assert found(7) == [("committee", "note")]
    assert found(8) == [("committee", "fault")]


def test_more_deputies_than_usual():
    found = detect(Picture(posts=seats(4, deputies=2)))
    assert [(one.rule, one.title) for one in found] == [("deputies", "设 2 名副书记(岗1、岗2),通常不超过 1 名")]


@pytest.mark.parametrize(("days", "rule"), [(91, []), (90, ["term"]), (0, ["term"]), (-1, ["term"]), (None, [])])
def test_a_term_about_to_end(days, rule):
    assert [one.rule for one in detect(Picture(structure=Structure(days_left=days)))] == rule


def test_thresholds_are_data():
    picture = Picture((HR,), (SECRETARY, DEPUTY), (Hold(1, 1, A, "lead"), Hold(1, 2, A, "charge")), names=NAMES)
    assert detect(picture, Thresholds(owners=2)) == []


def make_clean(seed):
    """A matrix without a fault: each matter with one owner, helpers and a supervisor who does not run it, loads even."""
    dice = random.Random(seed)
    posts = tuple(Post(n, f"岗{n}", ("deputy_secretary",) if n == 1 else ("x",), (100 + n,)) for n in range(1, dice.randint(4, 6) + 1))
    matters = tuple(Matter(n, f"事{n}") for n in range(1, dice.randint(len(posts), 40)))
    holds = []
    for number, matter in enumerate(matters):
        owner = posts[number % len(posts)]
        kind = dice.choice(("lead", "charge"))
        sides = dice.choice(((A,), (C,), (A, C)))
        holds += [Hold(matter.pk, owner.pk, side, kind) for side in sides]
        helpers = [post for post in posts if post != owner and dice.random() < 0.2]
        holds += [Hold(matter.pk, post.pk, A, "assist") for post in helpers]
        free = [post for post in posts if post != owner and post not in helpers]
        if free and dice.random() < 0.5:
            holds.append(Hold(matter.pk, dice.choice(free).pk, C, "supervise"))
    groups = tuple(Group(n, f"站{n}", True, dice.randint(3, 9), "full") for n in range(dice.randint(0, 8)))
    tasks = {100 + post.pk: dice.randint(0, 9) for post in posts}
    dice.shuffle(holds)
    return Picture(
        matters, posts, tuple(holds), Structure(groups, dice.choice((None, 200, 900))), tasks, {100 + p.pk: f"人{p.pk}" for p in posts}
    )


def seed_fault(picture, rule, dice):
    """Put one fault of the rule into a clean matrix; returns the picture and the matter or person concerned."""
    matter = dice.choice(picture.matters)
    own = [one for one in picture.holds if one.matter == matter.pk and one.kind in ("lead", "charge")]
    owner = own[0].post
    others = [post for post in picture.posts if post.pk != owner]
    rest = tuple(one for one in picture.holds if one.matter != matter.pk)
    mine = tuple(one for one in picture.holds if one.matter == matter.pk)
    if rule == "gap":
        return replace(picture, holds=rest), matter.pk
    if rule == "overlap":
        return replace(picture, holds=(*rest, own[0], Hold(matter.pk, dice.choice(others).pk, own[0].side, "charge"))), matter.pk
    if rule == "blurred":
        other = C if own[0].side == A else A
        return replace(picture, holds=(*rest, own[0], Hold(matter.pk, dice.choice(others).pk, other, "charge"))), matter.pk
    if rule == "self_supervision":
        return replace(picture, holds=(*rest, *mine, Hold(matter.pk, owner, C, "supervise"))), matter.pk
    empty = tuple(replace(post, holders=()) if post.pk == owner else post for post in picture.posts)
    return replace(picture, posts=empty), owner


RULES = ("gap", "overlap", "blurred", "self_supervision", "vacancy")


@pytest.mark.parametrize("seed", range(200))
def test_no_false_alarm_and_none_missed(seed):
    clean = make_clean(seed)
    assert detect(clean) == []
    dice = random.Random(seed)
    for rule in RULES:
        faulty, concerned = seed_fault(clean, rule, dice)
        found = detect(faulty)
        assert [(one.rule, one.post if rule == "vacancy" else one.matter) for one in found if one.rule == rule] == [(rule, concerned)]
        # an emptied post shifts who is heavily loaded; nothing else appears
        assert {one.rule for one in found} <= {rule, "overload", "overload_tasks"}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(seed, dice):
    picture, _concerned = seed_fault(make_clean(seed), "overlap", random.Random(seed))
    holds, posts = list(picture.holds), list(picture.posts)
    dice.shuffle(holds)
    dice.shuffle(posts)
    shuffled = replace(picture, holds=tuple(holds), posts=tuple(posts))
    assert [one.key for one in detect(shuffled)] == [one.key for one in detect(picture)]
