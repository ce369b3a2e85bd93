"""Django's own commands, behind the one command `ronghe`."""

import os


def main(argv: list[str]) -> int:
    """Run a management command; `argv` is without the program's name. Returns the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ronghe.site.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415  (Django loads only here)

    execute_from_command_line(["ronghe", *argv])
    return 0
