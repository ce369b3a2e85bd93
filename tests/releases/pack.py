"""Pack the demo world of the present program as a release: `python -m tests.releases.pack v0.2`, run once when a release is tagged.

Makes tests/releases/<name>/world.tar.xz (SQLite database, checkpoints; no keys) and facts.json (rows by table, the audit's public
key, the migrations that were applied). Commit both; a CI clone needs neither tags nor history. Old releases stay as long as a
deployment may still stand at them; the newest is what `last release` means.
"""

import json
import sqlite3
import sys
import tarfile
import tempfile
from pathlib import Path

from tests.browser.world import make_environment, make_world

HERE = Path(__file__).parent
LARGEST = 3 * 1024 * 1024


def read_facts(database):
    """Return rows by table and the applied migrations of a SQLite database."""
    with sqlite3.connect(database) as connection:
        tables = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")]
        rows = {table: connection.execute(f'select count(*) from "{table}"').fetchone()[0] for table in sorted(tables)}
        migrations = [list(row) for row in connection.execute("select app, name from django_migrations order by id")]
    return {"rows": rows, "migrations": migrations}


def read_public_key(folder):
    import subprocess

    command = [sys.executable, "-m", "ronghe.cli", "audit", "key"]
    said = subprocess.run(command, env=make_environment(folder), capture_output=True, text=True, check=True).stdout
    return next(word for word in said.split() if len(word) == 64 and set(word) <= set("0123456789abcdef"))


def main(name):
    with tempfile.TemporaryDirectory() as shared:
        folder = make_world(Path(shared))
        live = sqlite3.connect(folder / "ronghe.sqlite3")
        packed = Path(shared) / "ronghe.sqlite3"
        live.execute("delete from accounts_session")
        live.commit()
        live.execute("vacuum into ?", (str(packed),))
        live.close()
        target = HERE / name
        target.mkdir(exist_ok=True)
        with tarfile.open(target / "world.tar.xz", "w:xz", preset=9) as bundle:
            bundle.add(packed, "ronghe.sqlite3")
            bundle.add(folder / "checkpoints", "checkpoints")
        facts = {**read_facts(packed), "key": read_public_key(folder)}
        (target / "facts.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    size = (target / "world.tar.xz").stat().st_size
    assert size < LARGEST, f"{size} bytes: too large for the repository"
    print(f"{target}: {size} bytes, {sum(facts['rows'].values())} rows")


if __name__ == "__main__":
    main(sys.argv[1])
