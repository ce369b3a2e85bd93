"""Which allocator Arrow uses in a process that scores and ends."""

from __future__ import annotations

import pyarrow as pa


def use_quick_memory() -> None:
    """Take jemalloc where this PyArrow has it: its default, mimalloc, spends more CPU on a large file's pages than reading it takes."""
    try:
        pa.set_memory_pool(pa.jemalloc_memory_pool())
    except NotImplementedError:
        return
