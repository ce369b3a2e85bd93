"""The one command `ronghe`. `ronghe score` and `ronghe forecast` start no Django; everything else is a management command."""

import sys


def main(argv: list[str] | None = None) -> int:
    """Dispatch the command line; returns the exit status."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments[:1] == ["score"]:
        from ronghe.scoring.cli import main as score  # noqa: PLC0415

        return score(arguments[1:])
    if arguments[:1] == ["forecast"]:
        from ronghe.forecast.cli import main as forecast  # noqa: PLC0415

        return forecast(arguments[1:])
    from ronghe.site.manage import main as manage  # noqa: PLC0415

    return manage(arguments)


if __name__ == "__main__":
    sys.exit(main())
