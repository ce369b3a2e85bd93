"""A safe SQLite under Django's backend.

SQLite 3.7.0–3.51.2 can corrupt a WAL database that several connections write (the WAL-reset bug); Debian 12's
own is in that range. So the `pysqlite3` wheel takes the place of the standard module before Django loads it.
There is none for aarch64: there the product runs on PostgreSQL alone (docs/deploy.md).
"""

import sys

SAFE_VERSION = (3, 51, 3)

# FULL because NORMAL lost acknowledged commits in simulated power cuts; no mmap because a torn page would be read silently.
INIT_COMMAND = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;"


def install_sqlite(*, needed: bool = True) -> None:
    """Put pysqlite3 in the place of the standard sqlite3 module. Idempotent. Raise RuntimeError where it is `needed` and not there."""
    try:
        import pysqlite3  # noqa: PLC0415  (must load before Django's backend, and only when Django is used)
        from pysqlite3 import dbapi2  # noqa: PLC0415
    except ImportError:
        if needed:
            raise RuntimeError("这台机器上没有安全的 SQLite(pysqlite3 没有 ARM 的轮子),请用 DATABASE_URL 指定 PostgreSQL。") from None
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = dbapi2
    require_safe_version(dbapi2.sqlite_version_info)


def require_safe_version(version: tuple[int, ...]) -> None:
    """Raise RuntimeError below the first SQLite without the WAL-reset bug."""
    if tuple(version) < SAFE_VERSION:
        found, wanted = ".".join(map(str, version)), ".".join(map(str, SAFE_VERSION))
        raise RuntimeError(f"SQLite {found} 存在 WAL 损坏缺陷,融合要求 {wanted} 或更新版本;请安装 pysqlite3 轮子。")
