"""`ronghe setup`: the first start of a real installation. It can be run again; what is there already stays as it is."""

import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ronghe.org.actions.setup import Administrator, Place, list_missing, set_up
from ronghe.org.kinds import POST_TITLES
from ronghe.org.models import Unit

OPTIONS = {"system_admin": "system", "security_admin": "security", "audit_admin": "audit"}


class Command(BaseCommand):
    help = "首次启用:建采油厂、采油管理区和系统、安全、审计三员;没有给出的逐项询问,已有的不改动"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--plant", metavar="编码:名称", help="采油厂,如 SL:胜利采油厂")
        parser.add_argument("--area", metavar="编码:名称", help="采油管理区,如 SL-1:第一采油管理区")
        for kind, option in OPTIONS.items():
            parser.add_argument(f"--{option}", metavar="姓名:工号:登录名", help=f"{POST_TITLES[kind]}(三员须是三个人)")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        plant = area = None
        if not Unit.objects.filter(kind=Unit.Kind.PLANT).exists():
            plant = Place(*self.ask("采油厂", "编码:名称", options["plant"], "plant"))
        if not Unit.objects.filter(kind=Unit.Kind.AREA).exists():
            area = Place(*self.ask("采油管理区", "编码:名称", options["area"], "area"))
        three = []
        for kind in list_missing():
            title = str(POST_TITLES[kind])
            three.append(Administrator(kind, *self.ask(title, "姓名:工号:登录名", options[OPTIONS[kind]], OPTIONS[kind])))
        if plant is None and area is None and not three:
            self.stdout.write("已经启用过:采油厂、管理区和三员都在,没有改动。其余请由系统管理员在网页「系统」菜单里办理。")
            return
        try:
            done = set_up(plant, area, three)
        except ValidationError as problem:
            raise CommandError("没有改动任何数据:" + " ".join(problem.messages)) from None
        for name in done.units:
            self.stdout.write(f"已设立:{name}")
        if done.passwords:
            self.stdout.write("以下首次密码只显示这一次,请当面分别交给三个人,首次登录须修改:")
            for title, name, login, password in done.passwords:
                self.stdout.write(f"  {title}  {name}  登录名 {login}  首次密码 {password}")
        self.stdout.write(
            "下一步:系统管理员登录,在「系统 → 单位与岗位」设单位,在「系统 → 导入人员」导入花名册。见 docs/guide/first-start.md。"
        )

    def ask(self, what: str, form: str, given: str | None, option: str) -> list[str]:
        """Return the parts of an option, asked for where it was not given and somebody sits at the terminal."""
        names = form.split(":")
        if given is None and sys.stdin.isatty():
            return [self.ask_part(what, name) for name in names]
        if given is None:
            raise CommandError(f"请给出{what}:--{option} {form}")
        parts = [part.strip() for part in given.replace(chr(0xFF1A), ":").split(":")]
        if len(parts) != len(names) or not all(parts):
            raise CommandError(f"--{option} 应写作 {form},现在是 {given}")
        return parts

    def ask_part(self, what: str, name: str) -> str:
        answer = ""
        while not answer:
            answer = input(f"{what}的{name}:").strip()
        return answer
