"""Clear voters' contact data some years after all was closed; without --apply only list them."""

from congress import audit
from congress.editing import EditedMeanwhile
from congress.management.report_command import ChineseCommand
from voters.actions import clear_due
from voters.clearing import due_now


class Command(ChineseCommand):
    help = "列出（加 --apply 则清除）办结满规定年数的选民联系方式"
    usage = "[--apply]"

    def add_arguments(self, parser):
        parser.add_argument("--apply", action="store_true", help="清除；不加只列出")

    def handle(self, *, apply, **options):
        due = due_now()
        if not due.years:
            self.stdout.write("乡镇概况中设定为不清除。")
            return
        for visit in due.visits.select_related("day"):
            self.stdout.write(f"{visit.number}　{visit.day.date}　{visit.voter_name[:1]}**")
        if not apply:
            said = f"办结满{due.years}年的来访{due.count}次，没有清除；清除请加 --apply。"
            self.stdout.write(said)
            return
        try:
            with audit.acting(None, "命令行"):
                cleared = clear_due(user=None, seen=due.seen)
        except EditedMeanwhile:
            raise SystemExit("应清除的来访刚有变化，没有清除；请再运行一次。") from None
        self.stdout.write(f"已清除{cleared}次来访的联系方式。")
