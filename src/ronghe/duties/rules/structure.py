"""Whether the organisation itself fits: 党小组, size of the committee, number of 副书记, the term."""

from collections.abc import Iterator

from ronghe.duties.rules.picture import NOTE, Found, Group, Picture, Thresholds


def find_structure(picture: Picture, limits: Thresholds) -> Iterator[Found]:
    """Return what does not fit in the structure; a committee just at its limit is a note."""
    for group in picture.structure.groups:
        yield from find_group(group, limits)
    seated = [post for post in picture.posts if post.seats]
    if len(seated) > limits.committee_most:
        yield Found("committee", f"committee:{len(seated)}", f"支委 {len(seated)} 人,超过 {limits.committee_most} 人的上限")
    elif len(seated) == limits.committee_most:
        yield Found("committee", f"committee:{len(seated)}", f"支委 {len(seated)} 人,已到上限", level=NOTE)
    deputies = [post for post in seated if "deputy_secretary" in post.seats]
    if len(deputies) > limits.deputies_most:
        names = "、".join(post.title for post in deputies)
        title = f"设 {len(deputies)} 名副书记({names}),通常不超过 {limits.deputies_most} 名"
        yield Found("deputies", f"deputies:{'-'.join(str(post.pk) for post in deputies)}", title)
    left = picture.structure.days_left
    if left is not None and left <= limits.term_days:
        text = f"支委会任期还有 {left} 天届满,应当准备换届" if left >= 0 else f"支委会任期已过 {-left} 天,没有换届"
        yield Found("term", "term:late" if left < 0 else "term:near", text)


def find_group(group: Group, limits: Thresholds) -> Iterator[Found]:
    """Return what does not fit between a unit and its 党小组 (「将支部建在连上」, M29)."""
    if not group.has_group:
        yield Found("group", f"group:{group.unit}:none", f"{group.name}没有党小组")
        return
    if group.members < limits.group_least:
        yield Found("group", f"group:{group.unit}:small", f"{group.name}党小组 {group.members} 名党员,不足 {limits.group_least} 名")
    if group.leader == "probationary":
        yield Found("group", f"group:{group.unit}:probationary", f"{group.name}党小组长是预备党员")
    elif group.leader is None:
        yield Found("group", f"group:{group.unit}:leader", f"{group.name}党小组没有组长")
