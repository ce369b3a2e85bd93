"""How a plan of 20,000 goals opens: its page, one branch, the deepest branch. Run: python -m bench goal_tree"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

SHAPE = (20, 27, 37)  # goals of the area, stations below each, members below each station


def grow_tree(plan: Any, dimension: Any, indicator: Any, unit: Any, shape: tuple[int, ...] = SHAPE) -> int:
    """Write a tree of the shape below a plan, a bulk insert a level. Returns how many goals."""
    from ronghe.goals.models import Goal

    level, count = [None], 0
    value = Decimal(1)
    for width in reversed(shape):
        value *= width
    for depth, width in enumerate(shape):
        value /= width
        rows = [
            Goal(
                plan=plan, parent=parent, depth=depth, order=n, dimension=dimension, title=f"目标 {depth}-{n}", indicator=indicator,
                value=value, rule="sum", unit=unit if depth else None, degree="完成", version=1,
            )
            for parent in level
            for n in range(width)
        ]  # fmt: skip
        level = list(Goal.objects.bulk_create(rows, batch_size=500))
        count += len(rows)
    return count


def run() -> None:
    """Fill an empty database in a new folder and print how long each page takes, with its queries."""
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, setup_test_environment

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    setup_test_environment()
    from ronghe.common.calendar import now
    from ronghe.goals.models import Dimension, Goal, GoalPlan, Indicator
    from tests.people import build_world

    world = build_world()
    indicator = Indicator.objects.create(
        area=world.area, code="oil", name="产量", direction="up", side="business", definition="日报", basis="厂文"
    )
    dimension = Dimension.objects.create(area=world.area, name="主营业务", side="business")
    plan = GoalPlan.objects.create(
        area=world.area, title="大计划", first_month="2026-01", last_month="2026-12", takes_effect="2026-01", basis="厂文",
        author=world.zhaomin.user, state="issued", issued_at=now(),
    )  # fmt: skip
    begun = time.perf_counter()
    count = grow_tree(plan, dimension, indicator, world.unit["注采一站"])
    print(f"{count} goals written in {time.perf_counter() - begun:.1f} s")
    client = Client()
    client.force_login(world.wanghaitao.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    top = Goal.objects.filter(plan=plan, parent=None).first()
    below = Goal.objects.filter(parent=top).first()
    assert top is not None
    assert below is not None
    measure: Callable[[str, str], None] = lambda name, path: print_page(client, connection, CaptureQueriesContext, name, path)  # noqa: E731
    measure("plan", f"/goals/plans/{plan.pk}/")
    measure("branch", f"/goals/plans/{plan.pk}/branch/{top.pk}/")
    measure("deepest branch", f"/goals/plans/{plan.pk}/branch/{below.pk}/")


def print_page(client: Any, connection: Any, capture: Any, name: str, path: str) -> None:
    client.get(path)
    with capture(connection) as seen:
        begun = time.process_time()
        page = client.get(path)
        spent = time.process_time() - begun
    assert page.status_code == 200, path
    print(f"{name}: {spent * 1000:.0f} ms CPU, {len(seen)} queries, {len(page.content) // 1024} KB")


def main() -> None:
    """Measure in a process of its own: an empty deployment, and Django set up for it."""
    subprocess.run([sys.executable, "-m", "bench.goal_tree"], check=True)


if __name__ == "__main__":
    os.environ["RONGHE_DATA"] = tempfile.mkdtemp(prefix="ronghe-bench-")
    os.environ["RONGHE_DEMO"] = "1"  # no second factor is asked for
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ronghe.site.settings")
    import django

    django.setup()
    run()
