"""Rows made in Python: the same HTML as a template's, everything escaped."""

from ronghe.common.links import link_to
from ronghe.common.rows import Chip, Head, Link, build_heads, build_rows

HEADS = (Head("名称"), Head("数值", "num"), Head('状"态'))


def test_heads():
    assert build_heads(HEADS) == '<tr><th scope="col">名称</th><th scope="col" class="num">数值</th><th scope="col">状&quot;态</th></tr>'


def test_cells_are_escaped():
    rows = build_rows(HEADS, [(Link("/a?b=1&c=2", "<b>", sub="<i>"), 5, Chip("<u>", "red"))])
    assert rows == (
        '<tr><th scope="row" data-label="名称"><a href="/a?b=1&amp;c=2">&lt;b&gt;</a><span class="sub">&lt;i&gt;</span></th>'
        '<td class="num" data-label="数值">5</td>'
        '<td data-label="状&quot;态"><span class="chip chip-red">&lt;u&gt;</span></td></tr>'
    )


def test_nothing_is_a_dash_and_zero_is_not():
    assert build_rows(HEADS, [("a", None, ""), ("b", 0, Chip("草稿"))]) == (
        '<tr><th scope="row" data-label="名称">a</th><td class="num" data-label="数值">—</td><td data-label="状&quot;态">—</td></tr>'
        '<tr><th scope="row" data-label="名称">b</th><td class="num" data-label="数值">0</td>'
        '<td data-label="状&quot;态"><span class="chip">草稿</span></td></tr>'
    )


def test_a_link_for_any_row():
    assert [link_to("org:person", pk) for pk in (7, 123456)] == ["/org/people/7/", "/org/people/123456/"]
