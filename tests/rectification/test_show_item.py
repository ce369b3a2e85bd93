"""The page of one item: the next step for whoever may take it, what the others wait for; constant queries."""

import pytest

from ronghe.rectification import actions
from tests.rectification.cases import close_one, day, open_one, plan_one, prove_one, user


@pytest.mark.parametrize(
    ("make", "name", "label"),
    [
        (open_one, "刘海涛", "制定整改方案"),
        (open_one, "李建国", ""),
        (plan_one, "刘海涛", "提交整改证明"),
        (plan_one, "郑爽", ""),
        (prove_one, "郑爽", "验证"),
        (prove_one, "刘海涛", ""),
        (close_one, "李建国", ""),
    ],
)
def test_next_step_is_offered_to_whoever_has_it(world, login, make, name, label):
    page = login(world.person[name]).get(f"/rectification/{make(world).pk}/")
    assert page.context["next"].label == label


def test_others_see_what_they_wait_for(world, login):
    item = plan_one(world)
    page = login(world.lijianguo).get(f"/rectification/{item.pk}/").content.decode()
    assert f"等 刘海涛 在 {day(30)} 前落实措施并提交整改证明" in page


def test_page_costs_the_same_for_one_and_three(world, login, django_assert_max_num_queries, django_assert_num_queries):
    item = plan_one(world)
    client = login(world.lijianguo)
    path = f"/rectification/{item.pk}/"
    client.get(path)
    with django_assert_max_num_queries(8 + 7) as first:
        client.get(path)
    actions.plan_cure(item, cause="x", measures=["二", "三"], by=user(world.liuhaitao))
    with django_assert_num_queries(len(first)):
        client.get(path)


def test_slip_names_everything(world, login):
    item = close_one(world)
    page = login(world.lijianguo).get(f"/rectification/{item.pk}/print/").content.decode()
    for text in (item.number, "躺井率 3.2%", "排查低效井", "已完成 6 口井检泵。", "照片.png", "现场核实", "已销号", "观察期至"):
        assert text in page


def test_workbench_counts_lights(world, login):
    open_one(world, due=day(0))
    page = login(world.lijianguo).get("/").content.decode()
    assert "/rectification/?light=y" in page
    assert login(world.liuhaitao).get("/").content.decode().count("等我办的 1 项") == 1
    assert "/rectification/?light=y" not in login(world.wutong).get("/").content.decode()
