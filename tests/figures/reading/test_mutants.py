"""Seeded mutants of real files: never an exception, always an answer, in bounded time. `make drill` has the long run."""

import json
import pickle
import random
import subprocess
import sys
import time

import pytest

from ronghe.figures.reading import Reading, read_sheet
from ronghe.figures.reading.request import dump_request
from ronghe.figures.reading.template import write_template
from tests.figures.reading.builders import GOOD_ROWS, HEADER, REQUEST, change_part, make_csv, make_xls, make_xlsx, read_here

LONG = [["unit", "period", "indicator", "actual"], ["s1", "2026-10", "oil", "1"], ["s2", "2026-10", "rate", "95%"]]
NASTY = [
    "",
    "1e309",
    "\x00",
    "<",
    "&#x41;",
    "&a;",
    "]]>",
    "9" * 50,
    "-",
    "A1:XFD1048576",
    "{",
    '"',
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "\u202e",
    "%",
    "s",
    "0",
]
PARTS = ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]
TEMPLATE = write_template(REQUEST, {}, title="2026年10月", instructions="")
SEEDS = [
    make_xlsx(GOOD_ROWS),
    TEMPLATE,
    make_csv(GOOD_ROWS),
    make_csv(GOOD_ROWS, encoding="gbk"),
    make_csv(LONG),
    make_csv(GOOD_ROWS, delimiter="\t"),
]
OLD = make_xls(GOOD_ROWS)


def mutate_bytes(data, chance):
    """Flip, cut, double or drop a few bytes."""
    mutant = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(mutant) or 1)
        act = chance.randrange(4)
        if act == 0 and mutant:
            mutant[place] = chance.randrange(256)
        elif act == 1:
            del mutant[place : place + chance.randint(1, 40)]
        elif act == 2:
            mutant[place:place] = mutant[place : place + chance.randint(1, 200)]
        else:
            mutant[place:place] = chance.randbytes(chance.randint(1, 8))
    return bytes(mutant)


def mutate_text(text, chance):
    """Put something nasty at a few places, mostly inside of values."""
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(text) or 1)
        text = text[:place] + chance.choice(NASTY) + text[place + chance.randint(0, 6) :]
    return text


def mutate(data, chance):
    """Mutate a file as bytes, or inside one part of its zip."""
    if data.startswith(b"PK") and chance.random() < 0.7:
        return change_part(data, chance.choice(PARTS), lambda text: mutate_text(text, chance))
    return mutate_bytes(data, chance)


def mutate_rows(chance):
    """A sheet whose cells were shuffled and replaced."""
    values = [
        "",
        None,
        "采油一站",
        "s2",
        "原油产量",
        "rate",
        "计划",
        "实际",
        "累计",
        "合计",
        "单位",
        "指标",
        1,
        -1,
        0.5,
        "95%",
        "1.2万",
        "3-5",
        "2026年9月",
        "t",
        "万吨",
        "—",
        True,
        "#N/A",
        "=1",
        "x" * 300,
    ]
    rows = [
        [chance.choice(values) if chance.random() < 0.5 else value for value in row] for row in (HEADER, *GOOD_ROWS[1:], *GOOD_ROWS[1:])
    ]
    chance.shuffle(rows)
    return rows


@pytest.mark.parametrize("seed", range(len(SEEDS)))
def test_fifty_mutants_of_each_file(seed):
    chance = random.Random(seed)
    for _ in range(50):
        start = time.process_time()
        reading = read_here(mutate(SEEDS[seed], chance))
        assert isinstance(reading, Reading)
        assert reading.problems or reading.cells or reading.blanks
        assert time.process_time() - start < 2


@pytest.mark.parametrize("seed", range(4))
def test_fifty_shuffled_sheets(seed):
    chance = random.Random(1000 + seed)
    for _ in range(50):
        reading = read_here(make_csv([["" if value is None else value for value in row] for row in mutate_rows(chance)]))
        for cell in reading.cells:
            assert cell.value is None or cell.value.is_finite()


def read_apart(data):
    reading = read_sheet(data, "变.xls", REQUEST)
    assert isinstance(reading, Reading)
    assert reading.problems or reading.cells or reading.blanks
    assert "读不完" not in "".join(problem.message for problem in reading.problems)


def test_mutants_through_the_child():
    chance = random.Random(7)
    for data in [*(mutate_bytes(OLD, chance) for _ in range(25)), *(mutate(seed, chance) for seed in SEEDS)]:
        read_apart(data)


def make_seeds(chance, count):
    """What people send, and as many sheets of shuffled nonsense in both formats."""
    shuffled = [(make_xls if number % 2 else make_xlsx)(mutate_rows(chance)) for number in range(count - len(SEEDS) - 1)]
    return [*SEEDS, OLD, *shuffled]


def read_all_apart(files, folder):
    """Read every file in a fork of its own under the child's limits; return [status, CPU seconds, peak KB, answered] of each."""
    path = folder / "files"
    job = {"mode": "read", "filename": "变.xls", "request": dump_request(REQUEST)}
    path.write_bytes(pickle.dumps((job, files)))
    command = [sys.executable, "-m", "tests.figures.reading.forkserver", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(results) == len(files)
    return results, done.stderr


@pytest.mark.parametrize(
    ("seeds", "mutants"), [pytest.param(20, 100, id="short"), pytest.param(300, 10_000, id="long", marks=pytest.mark.drill)]
)
def test_seeds_and_mutants_each_under_the_childs_limits(seeds, mutants, tmp_path):
    """Each within 10 s and 512 MB, each with an answer, none with an exception that nobody foresaw."""
    chance = random.Random(8)
    files = make_seeds(chance, seeds)
    for start in range(0, mutants, 1_000):
        files += [mutate(files[number % seeds], chance) for number in range(start, min(mutants, start + 1_000))]
    results, said = [], ""
    for start in range(0, len(files), 1_000):
        some, words = read_all_apart(files[start : start + 1_000], tmp_path)
        results += some
        said += words
    assert {status for status, *_rest in results} == {0}, said[-2000:]
    assert all(answered for *_rest, answered in results)
    slowest, largest = max(row[1] for row in results), max(row[2] for row in results)
    print(f"{len(results)} files, the slowest {slowest:.2f} s of CPU, the largest {largest // 1024} MB")
    assert slowest < 10
    assert largest < 512 * 1024
