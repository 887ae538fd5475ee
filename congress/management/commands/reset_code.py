"""End the one-time code of an account whose owner has lost telephone and recovery codes."""

from django.core.management.base import BaseCommand

from congress import audit
from congress.log_in import code
from congress.management.account_named import account_named


class Command(BaseCommand):
    help = "解除一个账号的动态口令：手机和恢复码都丢了，又没有别的系统管理员时用。"

    def add_arguments(self, parser):
        parser.add_argument("username", help="用户名")

    def handle(self, *, username, **options):
        user = account_named(username)
        with audit.acting(None, "命令行"):
            was_used = code.end(user, f"解除账号{username}的动态口令")
        self.stdout.write(
            f"已解除账号{username}的动态口令，下次登录只要密码。"
            if was_used
            else f"账号{username}没有启用动态口令。"
        )
