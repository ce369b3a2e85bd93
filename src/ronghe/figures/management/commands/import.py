"""`ronghe import`: a month's sheet through the same door as the pages. Everything is saved or nothing; 2 says nothing was."""
# ruff: noqa: N999  (the command is named by its file)

import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandParser

from ronghe.accounts.models import User
from ronghe.common.actions import StaleForm
from ronghe.figures.actions.uploads import import_sheet
from ronghe.figures.models import ReportingPeriod
from ronghe.figures.queries.asked import list_reporting_units, load_form
from ronghe.figures.queries.uploads import describe_place
from ronghe.figures.reading import Reading
from ronghe.figures.sheets import read_upload
from ronghe.org.models import Unit


class SheetRefused(Exception):
    """The sheet can't be imported; the lines say why."""

    def __init__(self, *lines: str) -> None:
        super().__init__(*lines)
        self.lines = lines


class Command(BaseCommand):
    help = "导入一个月的填报表(与网页上传同一套检查):有任何问题则逐行打印、退出码 2、什么都不保存"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--area", required=True, metavar="CODE", help="管理区编码")
        parser.add_argument("--period", required=True, metavar="2026-10", help="月份(须已开放填报)")
        parser.add_argument("--as", required=True, dest="login", metavar="LOGIN", help="以谁的名义填报:填报人或指标管理员的登录名")
        parser.add_argument("--unit", default="", metavar="CODE", help="填报单位编码;一人负责几个单位时必填")
        parser.add_argument("--submit", action="store_true", help="导入后提交审核")
        parser.add_argument("--confirm-as", default="", metavar="LOGIN", help="再以这位审核人的名义确认(不能是填报人)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(
                run_import(**{name: options[name] for name in ("file", "area", "period", "login", "unit", "submit", "confirm_as")})
            )
        except SheetRefused as failure:
            for line in failure.lines:
                self.stderr.write(line)
            sys.exit(2)


def run_import(*, file: Path, area: str, period: str, login: str, unit: str, submit: bool, confirm_as: str) -> str:
    """Read and import one file; returns the line to print. Raises SheetRefused with every problem as one line."""
    author = find_user(login)
    reviewer = find_user(confirm_as) if confirm_as else None
    row = ReportingPeriod.objects.filter(area__code=area, period=period).select_related("area").first()
    if row is None:
        raise SheetRefused(f"{area}:{period}: 没有这个管理区,或这个月还没有开放填报")
    reporting = find_unit(author, row, unit)
    try:
        data = file.read_bytes()
    except OSError as trouble:
        raise SheetRefused(f"{file}: 无法打开:{trouble.strerror}") from None
    found = read_upload(load_form(row, reporting), data, file.name)
    if not found.is_clean:
        raise SheetRefused(*list_problems(file, found))
    try:
        batch = import_sheet(row, reporting, data=data, name=file.name, found=found, by=author, submit=submit, confirm_by=reviewer)
    except (ValidationError, StaleForm, PermissionDenied) as problem:
        messages = problem.messages if isinstance(problem, ValidationError) else [str(problem)]
        raise SheetRefused(*(f"{file}: {message}" for message in messages)) from None
    count = batch.figures.filter(actual__isnull=False).count()
    return f"{batch.number}: {batch.unit} {row} {count} 个数值,{batch.get_state_display()}"


def find_user(login: str) -> User:
    user = User.objects.filter(username=login, is_active=True).select_related("person").first()
    if user is None:
        raise SheetRefused(f"{login}: 没有这个账号")
    return user


def find_unit(author: User, row: ReportingPeriod, code: str) -> Unit:
    """Return the unit for which the author reports in the area: the one named, else the only one."""
    units = [unit for unit in list_reporting_units(author) if unit.area_id == row.area_id and code in ("", unit.code)]
    if len(units) == 1:
        return units[0]
    if units:
        raise SheetRefused(f"{author.username}: 负责几个单位的填报,请用 --unit 指明:{'、'.join(unit.code for unit in units)}")
    raise SheetRefused(f"{author.username}: 不是这里的填报人或指标管理员")


def list_problems(file: Path, found: Reading) -> list[str]:
    """Return every error of a reading as one line: FILE:SHEET!CELL: what is wrong."""
    return [f"{file}:{describe_place(one.sheet, one.row, one.column).replace(' ', '!')}: {one.message}" for one in found.errors]
