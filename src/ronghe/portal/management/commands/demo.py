"""`ronghe demo`: make the demo world, or say with which accounts the one that is there can be opened."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from ronghe.common.calendar import today
from ronghe.portal.demo.load import describe_accounts, has_data, load_demo, settings_allow_demo
from ronghe.portal.demo.world import build_world


class Command(BaseCommand):
    help = "Load the demo world into an empty database and print its accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings_allow_demo():
            raise CommandError("演示数据的密码是公开的,只在 RONGHE_DEMO=1 时装载。")
        call_command("migrate", verbosity=0)
        if has_data():
            self.stdout.write("数据库里已有数据,没有重新装载演示数据。")
        else:
            self.stdout.write("正在生成演示数据(一个采油厂、两个管理区、两年的月度数据)……")
            load_demo()
        self.stdout.write(describe_accounts([(row.title, row.name, row.login) for row in build_world(today()).accounts]))
