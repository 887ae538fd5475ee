"""Seal personal data anew under the first of the keys; exit code 1 where some is not."""

from congress import audit, key_rotation
from congress.management.report_command import ChineseCommand
from congress.sealing import Sealed

CLOSED = (
    "有{}项现在的 PERSONAL_DATA_KEY 都打不开，没有改动任何内容。"
    "请把以前用过的密钥加在后面，用英文逗号隔开，再运行一次。"
)
NEXT = "再运行 manage.py rotate_personal_key --check 核对，通过后才可以去掉旧的密钥。"


class Command(ChineseCommand):
    help = "用 PERSONAL_DATA_KEY 中的第一个密钥重新加密身份证号等个人信息"
    usage = "[--check]"

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="只核对，不改动")

    def handle(self, *, check, **options):
        if not check:
            self._rotate()
        found = key_rotation.counts()
        for count in found:
            self.stdout.write(
                f"{count.label}：现用密钥{count.current}项，旧密钥{count.older}项，"
                f"打不开{count.closed}项。"
            )
        if check and (closed := sum(count.closed for count in found)):
            raise SystemExit(CLOSED.format(closed))
        if older := sum(count.older for count in found):
            raise SystemExit(f"还有{older}项用旧密钥加密，请运行 manage.py rotate_personal_key。")

    def _rotate(self) -> None:
        try:
            with audit.acting(None, "命令行"):
                renewed = key_rotation.rotate()
        except Sealed:
            closed = sum(count.closed for count in key_rotation.counts())
            raise SystemExit(CLOSED.format(closed)) from None
        except ValueError as error:
            raise SystemExit(f"{error}没有改动任何内容。") from None
        self.stdout.write(f"重新加密{renewed}项。{NEXT}" if renewed else "没有需要重新加密的内容。")
