"""List shared, stale, left over accounts; code 1 where there are any."""

from django.core.management.base import BaseCommand

from congress.accounts.findings import findings


class Command(BaseCommand):
    help = "账号检查：列出公用、演示、长期不用、应当停用的账号；有问题时返回码为1"

    def handle(self, *args, **options):
        found = findings()
        for finding in found:
            self.stdout.write(str(finding))
        if found:
            raise SystemExit(1)
        self.stdout.write("账号检查没有发现问题。")
