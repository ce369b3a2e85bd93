"""On the page of one's own station the menu stands at 我们的成绩; on another's at 晾晒排名."""

import re

import pytest


def current(client, path):
    page = client.get(path).content.decode()
    return re.findall(r'aria-current="page">.*?</svg>\s*(\S+)', page, re.S)


@pytest.mark.parametrize(("name", "place"), [("注采一站", "成绩"), ("注采二站", "排名")])
def test_where_the_menu_stands(login, world, name, place):
    client = login(world.liuhaitao)
    assert current(client, f"/assessment/stations/{world.unit[name].pk}/") == [{"成绩": "我们的成绩", "排名": "晾晒排名"}[place], place]
