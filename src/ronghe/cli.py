"""The one command, `ronghe`: scoring without Django, everything else through the site's management commands."""

from __future__ import annotations

import sys


def main() -> int:
    """Run `ronghe <command> …` and return its exit status."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["score"]:
        _spare_pandas()
        from ronghe.scoring.cli import main as score

        return score(arguments[1:])
    # Django is imported only here: scoring a file must not wait for a web application.
    from ronghe.site.manage import main as manage

    return manage(sys.argv) or 0


def _spare_pandas() -> None:
    """Let PyArrow believe that pandas is not there: it would import it to look at the first list, for half a cold start."""
    if "pandas" in sys.modules:
        return
    sys.modules["pandas"] = None  # type: ignore[assignment]
    try:
        import pyarrow

        pyarrow.array([0])
    finally:
        del sys.modules["pandas"]


if __name__ == "__main__":
    sys.exit(main())
