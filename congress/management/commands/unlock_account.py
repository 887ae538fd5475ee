"""Lift the lock that follows too many failed log-ins."""

from django.core.management.base import BaseCommand, CommandError

from congress import audit
from congress.log_in import lock
from congress.management.account_named import account_named


class Command(BaseCommand):
    help = "解除登录失败过多后的锁定：给出用户名，或者用 --address 给出来源地址。"

    def add_arguments(self, parser):
        parser.add_argument("username", nargs="?", help="用户名")
        parser.add_argument("--address", help="来源地址，如 192.168.1.20")

    def handle(self, *, username, address, **options):
        if bool(username) == bool(address):
            raise CommandError("请给出用户名，或者用 --address 给出来源地址，二者选一。")
        with audit.acting(None, "命令行"):
            lifted = (
                lock.unlock_address(address) if address else lock.unlock(account_named(username))
            )
        place = f"来源地址{address}" if address else f"账号{username}"
        self.stdout.write(f"已解除{place}的锁定。" if lifted else f"{place}没有被锁定。")
