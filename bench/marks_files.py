"""A month of 2,000 units × 30 marks, in the database and in Parquet: size, moving, reading. Run: python -m bench marks_files"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

AREAS, UNITS, MARKS = 40, 50, 30
BECAUSE = "完成率 950 ÷ 1000 = 0.95,在 0.8(0%)与 1(100%)之间按直线计 75%,20 × 75% = 15.00"


def fill() -> list[Any]:
    """Write areas, units, a run in effect for each area, and their marks. Returns the runs."""
    from ronghe.accounts.models import User
    from ronghe.assessment.models import Mark, Run, SchemeVersion
    from ronghe.org.models import Unit

    author = User.objects.create(username="bench")
    plant = Unit.objects.create(code="plant", name="厂", kind="plant")
    Unit.objects.bulk_create(Unit(code=f"a{n:03d}", name=f"{n}区", kind="area", parent=plant) for n in range(AREAS))
    areas = list(Unit.objects.filter(kind="area").order_by("code"))
    Unit.objects.bulk_create(
        Unit(code=f"{area.code}-{n:02d}", name=f"{n}站", kind="station", parent=area, area=area) for area in areas for n in range(UNITS)
    )
    units: dict[int, list[int]] = {area.pk: [] for area in areas}
    for pk, area_id in Unit.objects.filter(kind="station").order_by("code").values_list("pk", "area_id"):
        units[area_id].append(pk)
    schemes = SchemeVersion.objects.bulk_create(
        SchemeVersion(
            area=area, code="s", number=1, name="方案", basis="厂文", period_kind="month", text="", author=author, state="published"
        )
        for area in areas
    )
    runs = Run.objects.bulk_create(
        Run(
            area=area, period="2024-03", number=1, scheme=scheme, author=author, inputs=b"", outputs=b"", inputs_digest="", results_digest="",
            state="final",
        )
        for area, scheme in zip(areas, schemes, strict=True)
    )  # fmt: skip
    for run in runs:
        Mark.objects.bulk_create(
            Mark(
                run=run, unit_id=unit, track="production", dimension="foundation", indicator=f"i{n:02d}", side="business", order=n,
                actual=Decimal(950 + n), target=Decimal(1000), x=Decimal("0.95"), full=Decimal(20), mark=Decimal(15), lost=Decimal(5),
                state="ok", because=BECAUSE, to_target=Decimal(50 - n), leader="a000-01", to_leader=Decimal(5), to_mean=Decimal(1),
                needed_actual=Decimal(981),
            )
            for unit in units[run.area_id]
            for n in range(MARKS)
        )  # fmt: skip
    return runs


def timed(work: Callable[[], Any], rounds: int = 20) -> float:
    """Return the median of a few runs in milliseconds."""
    spent = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begun)
    return sorted(spent)[rounds // 2] * 1000


def size_of_database() -> float:
    """Return the size in MB after the space of what left is given back."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    name = Path(connection.settings_dict["NAME"])
    return sum(path.stat().st_size for path in name.parent.glob(f"{name.name}*")) / 1e6


def run() -> None:
    """Fill an empty database in a new folder and print what it costs there, on the way, and in the files."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from ronghe.assessment.actions.marks import store_marks
    from ronghe.assessment.models import Run
    from ronghe.assessment.parquet import folder
    from ronghe.assessment.queries.marks import list_marks
    from ronghe.org.models import Unit

    runs = fill()
    before, unit = size_of_database(), list(Unit.objects.filter(code=f"a{AREAS // 2:03d}-25").values_list("pk", flat=True))

    def read(**wanted: Any) -> None:
        list_marks([fresh], **wanted)

    fresh = Run.objects.get(pk=runs[AREAS // 2].pk)
    here = timed(lambda: read(units=unit)), timed(read)
    begun, cpu = time.perf_counter(), time.process_time()
    count = sum(store_marks(run) for run in runs)
    wall, cpu = time.perf_counter() - begun, time.process_time() - cpu
    files = sum(path.stat().st_size for path in folder().rglob("*.parquet")) / 1e6
    fresh = Run.objects.get(pk=runs[AREAS // 2].pk)
    there = timed(lambda: read(units=unit)), timed(read)
    print(f"{count:,} 条得分({AREAS} 次计分):转存 {wall:.1f} 秒,CPU {cpu:.1f} 秒")
    print(f"数据库 {before:.0f} MB → {size_of_database():.0f} MB,文件 {files:.1f} MB")
    print(f"一个单位一个月({MARKS} 条):数据库 {here[0]:.1f} 毫秒,文件 {there[0]:.1f} 毫秒")
    print(f"一次计分({UNITS * MARKS:,} 条):数据库 {here[1]:.1f} 毫秒,文件 {there[1]:.1f} 毫秒")


def main() -> None:
    """Run it in a process of its own with data of its own."""
    with tempfile.TemporaryDirectory() as place:
        env = os.environ | {"RONGHE_DATA": place, "DJANGO_SETTINGS_MODULE": "bench.settings", "RONGHE_LOG": "ERROR"}
        env.pop("DATABASE_URL", None)
        subprocess.run(
            [sys.executable, "-c", "import django; django.setup(); from bench.marks_files import run; run()"], env=env, check=True
        )
