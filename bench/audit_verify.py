"""How long `ronghe audit verify` takes for a million entries. Run: python -m bench.audit_verify [entries]"""

import os
import subprocess
import sys
import tempfile
import time
from datetime import timedelta


def fill_chain(entries: int) -> None:
    """Write a sound chain of entries, in bulk, with changes in every second one."""
    from ronghe.audit.actions import append_checkpoint
    from ronghe.audit.models import Chain, Entry
    from ronghe.audit.rules import compute_digest
    from ronghe.common.calendar import now

    chain = Chain.objects.create(code="area-1", length=entries)
    at, previous, rows = now() - timedelta(days=365), "", []
    for number in range(1, entries + 1):
        values = {
            "chain": chain.code,
            "number": number,
            "at": at + timedelta(seconds=number * 10, microseconds=number),
            "actor_id": None,
            "actor_name": "赵敏",
            "verb": "确认",
            "label": "figures.batch",
            "object_id": number,
            "object_name": f"2026年10月 注采一站 第{number}项",
            "note": "",
            "changes": {"value": ["12.30", "12.40"], "state": ["draft", "confirmed"]} if number % 2 else {},
            "previous": previous,
        }
        previous = compute_digest(values)
        rows.append(Entry(**{**values, "chain": chain}, digest=previous))
        if number % 10_000 == 0 or number == entries:
            Entry.objects.bulk_create(rows)
            rows = []
            append_checkpoint(chain.code, number, previous, now())
    Chain.objects.filter(pk=chain.pk).update(head=previous, checked=entries, checked_at=now())


def run(entries: int = 1_000_000) -> dict[str, float]:
    """Fill an empty database in a new folder, verify it, and return the seconds that each took."""
    from django.core.management import call_command

    from ronghe.audit.verification import verify_all

    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    fill_chain(entries)
    filled = time.perf_counter()
    report = verify_all()
    ended = time.perf_counter()
    assert report.is_sound, report.faults[:3]
    assert report.entries == entries
    return {"entries": entries, "fill_seconds": round(filled - begun, 1), "verify_seconds": round(ended - filled, 2)}


def main() -> None:
    """Measure in a process of its own: an empty deployment, and Django set up for it."""
    subprocess.run([sys.executable, "-m", "bench.audit_verify"], check=True)


if __name__ == "__main__":
    os.environ["RONGHE_DATA"] = tempfile.mkdtemp(prefix="ronghe-bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ronghe.site.settings")
    import django

    django.setup()
    print(run(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
