"""Import the ledger workbook of a year: all or nothing."""

from django.core.management.base import BaseCommand

from congress.ledger_plan import LedgerConflict, Plan
from congress.workbook import WorkbookError
from reports.ledgers import import_ledgers, plan_import


class Command(BaseCommand):
    help = "导入台账工作簿；有一处错误就什么也不写入"

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="台账工作簿（.xlsx）")
        parser.add_argument("--dry-run", action="store_true", help="只核对，不写入")

    def handle(self, *args, file, dry_run, **options):
        try:
            with open(file, "rb") as workbook:
                plan = plan_import(workbook) if dry_run else import_ledgers(workbook)
        except OSError as error:
            raise SystemExit(f"打不开文件“{file}”，请核对路径和权限。") from error
        except WorkbookError as error:
            raise SystemExit(str(error)) from error
        except LedgerConflict as error:
            raise SystemExit("导入时有人改动了同样的记录，没有写入任何内容；请重试。") from error
        if plan.errors:
            self.list_errors(plan)
        self.list_changes(plan, dry_run)

    def list_errors(self, plan: Plan):
        for error in plan.errors:
            self.stderr.write(str(error))
        left_out = f"，另有{plan.errors.left_out}处未列出" if plan.errors.left_out else ""
        raise SystemExit(
            f"共列出{len(plan.errors)}处错误{left_out}；没有写入任何内容。改正后再导入。"
        )

    def list_changes(self, plan: Plan, dry_run: bool):
        for summary in plan.summaries():
            self.stdout.write(
                f"{summary.name}：新增{summary.added}，更改{summary.changed}，"
                f"不变{summary.unchanged}"
            )
        for change in plan.changes:
            self.stdout.write(
                f"{change.sheet} 第{change.row}行 “{change.column}”："
                f"“{change.old}”改为“{change.new}”"
            )
        self.stdout.write("以上只是核对，没有写入。" if dry_run else "已全部写入。")
