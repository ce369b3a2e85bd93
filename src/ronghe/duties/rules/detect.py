"""The rules of the detector, each a function of its own; `detect` asks them all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ronghe.duties.rules.picture import (
    ADMINISTRATIVE,
    ANSWERING,
    COMMITTEE,
    NOTE,
    RUNNING,
    SUPERVISING,
    Found,
    Hold,
    Picture,
    Post,
    Thresholds,
)
from ronghe.duties.rules.structure import find_structure

SIDE_WORDS = {ADMINISTRATIVE: "行政岗位", COMMITTEE: "支委职务"}


def detect(picture: Picture, limits: Thresholds | None = None) -> list[Found]:
    """Return everything that does not fit, faults first, in an order that does not depend on the order of the rows."""
    limits = limits or Thresholds()
    found = [
        *find_owners(picture, limits),
        *find_self_supervision(picture),
        *find_vacancies(picture),
        *find_overload(picture, limits),
        *find_structure(picture, limits),
    ]
    return sorted(found, key=lambda one: (one.level == NOTE, ORDER[one.rule], one.matter or 0, one.key))


ORDER = {
    "gap": 0, "overlap": 1, "blurred": 2, "self_supervision": 3, "vacancy": 4, "left": 5, "overload": 6, "overload_tasks": 7,
    "group": 8, "committee": 9, "deputies": 10, "term": 11,
}  # fmt: skip


def find_owners(picture: Picture, limits: Thresholds) -> Iterator[Found]:
    """Gap (nobody answers), overlap (two on one side), blurred line (the two sides name different people)."""
    posts = {post.pk: post for post in picture.posts}
    held: dict[int, list[Hold]] = defaultdict(list)
    for hold in picture.holds:
        if hold.kind in ANSWERING and hold.post in posts:
            held[hold.matter].append(hold)
    for matter in picture.matters:
        rows = held[matter.pk]
        if not rows:
            yield Found("gap", f"gap:{matter.pk}", f"“{matter.name}”没有人主管或分管", matter=matter.pk)
            continue
        sides = {side: pick_posts(rows, posts, side) for side in (ADMINISTRATIVE, COMMITTEE)}
        crowded = [side for side, group in sides.items() if count_answerers(group) > limits.owners]
        for side in crowded:
            names = name_posts(sides[side])
            title = f"“{matter.name}”由{names}按{SIDE_WORDS[side]}同时负责"
            yield Found("overlap", f"overlap:{matter.pk}:{side}:{join(sides[side])}", title, matter=matter.pk)
        both = [*sides[ADMINISTRATIVE], *sides[COMMITTEE]]
        if not crowded and sides[ADMINISTRATIVE] and sides[COMMITTEE] and count_answerers(both) > limits.owners:
            first, second = name_posts(sides[ADMINISTRATIVE]), name_posts(sides[COMMITTEE])
            title = f"“{matter.name}”行政分工归{first},支委分工归{second}"
            key = f"blurred:{matter.pk}:{join(sides[ADMINISTRATIVE])}/{join(sides[COMMITTEE])}"
            yield Found("blurred", key, title, matter=matter.pk)


def find_self_supervision(picture: Picture) -> Iterator[Found]:
    """Whoever supervises a matter also runs it, by the same post or another one that the same person holds."""
    posts = {post.pk: post for post in picture.posts}
    for matter in picture.matters:
        rows = [hold for hold in picture.holds if hold.matter == matter.pk and hold.post in posts]
        runs = {posts[hold.post].answerer for hold in rows if hold.kind in RUNNING}
        for pk in sorted({hold.post for hold in rows if hold.kind == SUPERVISING}):
            post = posts[pk]
            if post.answerer in runs:
                title = f"“{matter.name}”由{post.title}办理,又由其监督"
                yield Found("self_supervision", f"self_supervision:{matter.pk}:{pk}", title, matter=matter.pk, post=pk)


def find_vacancies(picture: Picture) -> Iterator[Found]:
    """A post with matters that nobody holds, or whose every holder is away and no B post stands in."""
    matters = {matter.pk for matter in picture.matters}
    counts: dict[int, set[int]] = defaultdict(set)
    for hold in picture.holds:
        if hold.matter in matters:
            counts[hold.post].add(hold.matter)
    for post in picture.posts:
        number = len(counts[post.pk])
        if not number:
            continue
        if not post.holders:
            yield Found("vacancy", f"vacancy:{post.pk}", f"{post.title}空缺,{number} 项分工没有人办", post=post.pk)
        elif post.away.issuperset(post.holders) and not post.covered:
            who = "、".join(picture.names.get(pk, "") for pk in sorted(post.holders))
            key = f"vacancy:{post.pk}:{'-'.join(map(str, sorted(post.holders)))}"
            yield Found("vacancy", key, f"{post.title}{who}离岗,{number} 项分工没有人代管", post=post.pk)
    for pk, name, number in picture.structure.left:
        yield Found("left", f"left:{pk}", f"{name}已离任,名下还有 {number} 项没有移交")


def find_overload(picture: Picture, limits: Thresholds) -> Iterator[Found]:
    """Somebody with far more matters, or far more tasks due, than the mean of the others."""
    posts = {post.pk: post for post in picture.posts}
    matters = {matter.pk for matter in picture.matters}
    owned: dict[int, set[int]] = {pk: set() for post in picture.posts for pk in post.holders}
    for hold in picture.holds:
        if hold.kind in ANSWERING and hold.post in posts and hold.matter in matters:
            for pk in posts[hold.post].holders:
                owned[pk].add(hold.matter)
    counts = {pk: len(found) for pk, found in owned.items()}
    for pk, mean in find_heavy(counts, limits.overload, limits.overload_least):
        title = f"{picture.names.get(pk, '')}负责 {counts[pk]} 项,其他人平均 {mean:.1f} 项"
        yield Found("overload", f"overload:{pk}", title)
    due = {pk: picture.tasks.get(pk, 0) for pk in owned}
    for pk, mean in find_heavy(due, limits.tasks, limits.tasks_least):
        title = f"{picture.names.get(pk, '')}近一个月到期待办 {due[pk]} 项,其他人平均 {mean:.1f} 项"
        yield Found("overload_tasks", f"overload_tasks:{pk}", title)


def find_heavy(counts: dict[int, int], percent: int, least: int) -> list[tuple[int, float]]:
    """Return (who, mean of the others) of those above `percent` of the others' mean and at least `least` above it."""
    if len(counts) < 3:
        return []
    total = sum(counts.values())
    heavy = []
    for pk, count in sorted(counts.items()):
        mean = (total - count) / (len(counts) - 1)
        if count * 100 > mean * percent and count - mean >= least:
            heavy.append((pk, mean))
    return heavy


def pick_posts(rows: Iterable[Hold], posts: dict[int, Post], side: str) -> list[Post]:
    return [posts[pk] for pk in sorted({hold.post for hold in rows if hold.side == side})]


def count_answerers(posts: Iterable[Post]) -> int:
    return len({post.answerer for post in posts})


def name_posts(posts: Iterable[Post]) -> str:
    return "、".join(post.title for post in posts)


def join(posts: Iterable[Post]) -> str:
    return "-".join(str(post.pk) for post in posts)
