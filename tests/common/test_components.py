"""Components as page authors call them."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from ronghe.common.grids import Cell, Column, Grid, Row
from ronghe.common.spark import spark


def show(source, **context):
    request = RequestFactory().get("/list/", {"q": "站", "page": "2"})
    request.user = AnonymousUser()
    return Template(CottonCompiler().process(source)).render(RequestContext(request, context))


@pytest.mark.parametrize(("state", "word"), [("red", "红灯"), ("yellow", "黄灯"), ("green", "绿灯"), ("done", "已办结")])
def test_a_light_says_its_colour(state, word):
    html = show(f'<c-light state="{state}" />')
    assert f"light-{state}" in html
    assert word in html


def test_a_tile_links_and_shows_its_progress():
    html = show('<c-stat label="产量" value="506" unit="t" url="/x/" light="green" percent="91.2" />')
    assert '<a href="/x/">产量</a>' in html
    assert 'value="91.2"' in html


def test_a_component_takes_nothing_from_the_page_around_it():
    html = show('<c-card title="甲">文</c-card>', id="leak", note="leak", footer="leak")
    assert "leak" not in html


def test_a_pager_keeps_the_other_parameters():
    html = show('<c-pager :page="page" />', page=Paginator(range(100), 10).page(2))
    assert "q=%E7%AB%99&amp;page=3" in html
    assert 'aria-current="page">2<' in html


def test_a_post_button_carries_its_guards():
    html = show('<c-button_post url="/go/" confirm="确定吗?" key="k1" version="0">办</c-button_post>')
    assert 'data-confirm="确定吗?"' in html
    assert 'value="k1"' in html
    assert 'name="version" value="0"' in html


def test_a_grid_names_its_cells_and_their_problems():
    cell = Cell("v1", "一站 产量(t)", value="5l2", problem="不是数")
    html = show('<c-grid :grid="grid" />', grid=Grid("十月", "单位", [Column("产量", "t")], [Row("一站", [cell, None])]))
    assert 'aria-label="一站 产量(t)"' in html
    assert 'aria-describedby="grid-v1-problem"' in html
    assert "grid-none" in html


def test_a_chart_brings_its_data_and_its_table():
    html = show('<c-chart id="d" kind="line" label="走势" :data="data"><tbody></tbody></c-chart>', data={"labels": ["</script>"]})
    assert 'data-source="d"' in html
    assert "\\u003C/script" in html
    assert "查看数据表" in html


def test_a_spark_line_is_drawn_and_named():
    html = show('<c-spark :spark="line" label="近三月" />', line=spark([1, 2, 3]))
    assert 'aria-label="近三月"' in html
    assert "<polyline" in html


def test_history_and_tasks_are_plain_loops():
    entry = SimpleNamespace(at="11月1日", who="王志强", what="提交", note="")
    assert "王志强" in show('<c-history :entries="items" />', items=[entry])
    task = {"kind": "填报", "title": "十月", "url": "/x/", "light": "red", "word": "红灯", "due": "逾期 2 天"}
    assert "逾期 2 天" in show('<c-tasks :items="items" />', items=[task])
