"""The one command `ronghe`. `ronghe score`, `ronghe forecast` and `ronghe serve` start no Django; everything else is a management command."""

from __future__ import annotations

import os
import sys
from importlib.abc import MetaPathFinder


def main() -> int:
    """Run `ronghe <command> …` and return its exit status."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["score"]:
        _spare_pandas()
        from ronghe.scoring.cli import main as score  # noqa: PLC0415

        return score(arguments[1:])
    if arguments[:1] == ["forecast"]:
        from ronghe.forecast.cli import main as forecast  # noqa: PLC0415

        return forecast(arguments[1:])
    if arguments[:1] == ["serve"]:
        from ronghe.operations.cli import main as serve  # noqa: PLC0415

        return serve(arguments[1:])
    if arguments[:1] == ["sandbox"]:
        # before the settings are read: this process never learns where the real data is
        os.environ["RONGHE_SANDBOX"] = "1"
    # Django is imported only here: scoring a file must not wait for a web application.
    from ronghe.site.manage import main as manage  # noqa: PLC0415

    return manage(arguments)


class _NoPandas(MetaPathFinder):
    """Refuses to find pandas."""

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        """Raise for pandas; leave every other module to the next finder."""
        if fullname == "pandas":
            raise ModuleNotFoundError("pandas", name="pandas")


def _spare_pandas() -> None:
    """Let PyArrow believe that pandas is not there: it imports it to look at the first list, half of a cold start."""
    if "pandas" in sys.modules:
        return
    blocker = _NoPandas()
    sys.meta_path.insert(0, blocker)
    try:
        import pyarrow  # noqa: PLC0415

        pyarrow.array([0])
    finally:
        sys.meta_path.remove(blocker)


if __name__ == "__main__":
    sys.exit(main())
