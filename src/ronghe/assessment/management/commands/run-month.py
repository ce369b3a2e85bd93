"""`ronghe run-month --area CODE --period 2026-10 --as LOGIN [--publish-as LOGIN2]`: run a month from the command line."""  # noqa: N999

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from ronghe.accounts.models import User
from ronghe.assessment.actions import publish_run, run_month
from ronghe.org.models import Unit


class Command(BaseCommand):
    help = "计算一个月的考核;给出 --publish-as 时随即公示。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--area", required=True, help="管理区编码")
        parser.add_argument("--period", required=True, help="月份,如 2026-10")
        parser.add_argument("--as", dest="login", required=True, help="计算人的登录名(指标管理员)")
        parser.add_argument("--reason", default="", help="重算原因(已公示过的月份必填)")
        parser.add_argument("--publish-as", dest="publisher", help="公示人的登录名(书记、经理或经营管理副职,不能是计算人)")

    def handle(self, *args: Any, **options: Any) -> None:
        area = Unit.objects.filter(code=options["area"], kind=Unit.Kind.AREA).first()
        if area is None:
            raise CommandError(f"没有编码为 {options['area']} 的管理区。")
        by, publisher = find_user(options["login"]), find_user(options["publisher"])
        try:
            run = run_month(area, options["period"], by=by, reason=options["reason"])
            for warning in run.warnings:
                self.stderr.write(warning)
            if publisher is not None:
                run = publish_run(run, by=publisher)
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        except PermissionDenied as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{run} {run.get_state_display()} {run.results_digest}")


def find_user(login: str | None) -> User | None:
    """Return the account of a login name; None where none is asked for."""
    if not login:
        return None
    user = User.objects.filter(username=login).first()
    if user is None:
        raise CommandError(f"没有登录名为 {login} 的账号。")
    return user
