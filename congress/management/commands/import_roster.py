"""Take a roster in as it arrives, or only tell what would become of each of its rows."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from congress.models import User
from congress.roles import keeps_records
from congress.workbook import WorkbookError
from groups.models import RosterColumn
from groups.roster.judging import NO_TERM, Judge, Outcome, term_in_force
from groups.roster.reading import read_roster
from groups.roster.saving import take_in


class Command(BaseCommand):
    help = "导入代表花名册；有问题的行不导入，逐行说明"

    def add_arguments(self, parser):
        parser.add_argument("file", help="花名册（.xlsx）")
        parser.add_argument("--dry-run", action="store_true", help="只核对，不写入")
        parser.add_argument("--json", action="store_true", help="按JSON格式输出")
        parser.add_argument("--as", dest="username", help="以哪个账号导入（办公室或秘书）")

    def handle(self, *, file: str, dry_run: bool, json: bool, username: str | None, **options):
        user = None if dry_run else self._keeper(username)
        outcomes = self._outcomes(file)
        if not dry_run:
            take_in(by=user, term=term_in_force(), outcomes=outcomes)
        if json:
            self.stdout.write(as_json(outcomes))
        else:
            self._tell(outcomes, dry_run)

    def _keeper(self, username: str | None) -> User:
        user = User.objects.filter(username=username or "", is_active=True).first()
        if user is None or not keeps_records(user):
            raise CommandError(
                "请用 --as 写明办公室工作人员或人大秘书的账号；只核对的加 --dry-run。"
            )
        return user

    def _outcomes(self, file: str) -> list[Outcome]:
        term = term_in_force()
        if term is None:
            raise CommandError(NO_TERM)
        try:
            with Path(file).open("rb") as content:
                roster = read_roster(content, RosterColumn.remembered())
        except OSError as error:
            raise CommandError(f"读不到文件“{file}”。") from error
        except WorkbookError as error:
            raise CommandError(str(error)) from error
        if roster.missing:
            raise CommandError(f"花名册缺少这些栏目：{'、'.join(roster.missing)}。")
        return Judge(term).judge(roster.rows)

    def _tell(self, outcomes: list[Outcome], dry_run: bool) -> None:
        accepted = [outcome for outcome in outcomes if not outcome.is_refused]
        done = "可以导入" if dry_run else "已导入"
        self.stdout.write(f"{done}{len(accepted)}行，不导入{len(outcomes) - len(accepted)}行。")
        for outcome in outcomes:
            for column, message in outcome.row.errors:
                self.stdout.write(f"第{outcome.row.number}行 {column}：{message}")
            for likeness in outcome.likenesses:
                self.stdout.write(f"第{outcome.row.number}行 可能重复：{likeness.words}")


def as_json(outcomes: list[Outcome]) -> str:
    accepted = [
        {
            "row": outcome.row.number,
            "card": outcome.row["代表证号"],
            "name": outcome.row["姓名"],
            "birth": f"{outcome.row['出生年月']:%Y-%m}",
            "phone": outcome.row["联系电话"],
            "group": outcome.row["所属小组"],
        }
        for outcome in outcomes
        if not outcome.is_refused
    ]
    rejected = [
        {"row": outcome.row.number, "column": column, "message": message}
        for outcome in outcomes
        for column, message in outcome.row.errors
    ]
    return json.dumps({"accepted": accepted, "rejected": rejected}, ensure_ascii=False)
