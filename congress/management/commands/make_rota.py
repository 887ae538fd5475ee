"""Make the rota of a year's reception days; with --dry-run only print it."""

import json

from django.core.management.base import BaseCommand
from django.db import transaction

from congress import roles
from congress.cells import FIRST_YEAR, LAST_YEAR
from congress.models import Township, User
from congress.numerals import full_date, listing
from voters.actions import make_year, put_on_duty
from voters.rota import Rota, Status, make_rota
from voters.rota_planning import Planning, rota_by_rule, rota_to_make
from voters.year_plan import plan_year

USAGE = "年度 --dry-run [--json] [--from-scratch]，或：年度 --as 账号 [--json]"


class Command(BaseCommand):
    help = "排一年的接待轮值；--dry-run 只列出，不写入"

    def create_parser(self, *args, **kwargs):
        parser = super().create_parser(*args, **kwargs)

        def refuse(message):
            raise SystemExit(f"参数不对。用法：{parser.prog} {USAGE}")

        parser.error = refuse
        return parser

    def add_arguments(self, parser):
        parser.add_argument("year", help="年度，如2020")
        parser.add_argument("--dry-run", action="store_true", help="只列出，不写入")
        parser.add_argument("--json", action="store_true", help="按JSON格式输出")
        parser.add_argument(
            "--from-scratch", action="store_true", help="当作本年一个接待日都还没有"
        )
        parser.add_argument("--as", dest="username", metavar="USER", help="以哪个账号写入")

    def handle(self, *, year, dry_run, json: bool, from_scratch, username, **options):
        if not (year.isascii() and year.isdigit() and FIRST_YEAR <= int(year) <= LAST_YEAR):
            raise SystemExit(f"年度应为四位数字，如2020，不是“{year}”。")
        if not Township.objects.exists():
            raise SystemExit("还没有设置乡镇概况，没有接待日的规定可依。")
        if dry_run:
            planning = rota_by_rule(int(year), from_scratch)
            made = make_rota(planning.case)
        elif from_scratch:
            raise SystemExit("--from-scratch 只能与 --dry-run 一起用；已有的接待日不会推倒重来。")
        else:
            planning, made = self.save(int(year), self.user_of(username))
        self.report(planning, made, json)

    def user_of(self, username: str | None) -> User:
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None or not roles.keeps_records(user):
            raise SystemExit(
                "写入时要用 --as 给出人大秘书或办公室工作人员的账号；只想看看请加 --dry-run。"
            )
        return user

    @transaction.atomic
    def save(self, year: int, user: User) -> tuple[Planning, Rota]:
        """Missing days are made first, then the open days get their people."""
        homeless = plan_year(year).homeless
        if homeless:
            raise SystemExit(
                f"{listing(str(group) for group in homeless)}没有登记活动室，"
                "不能安排接待日；没有写入任何内容。"
            )
        make_year(user=user, year=year)
        planning = rota_to_make(year)
        made = make_rota(planning.case)
        put_on_duty(user, planning, made)
        return planning, made

    def report(self, planning: Planning, made: Rota, as_json: bool):
        output = _as_data(planning, made)
        if as_json:
            self.stdout.write(json.dumps(output, ensure_ascii=False, indent=1))
        else:
            for day, told in zip(made.days, output["days"], strict=True):
                people = "；".join(f"{one['name']}（{one['reason']}）" for one in told["on_duty"])
                group = planning.groups[day.group]
                self.stdout.write(f"{full_date(day.date)} {group}：{people or '无人'}")
            for group, spread in output["spread"].items():
                self.stdout.write(f"第{group}组轮值次数相差{spread}次")
        for problem in made.problems:
            self.stderr.write(problem.sentence)


def _as_data(planning: Planning, made: Rota) -> dict:
    spread = {}
    for pk, group in sorted(planning.groups.items(), key=lambda pair: pair[1].ordinal):
        # In a year of elections two terms each have a group of that number.
        key = str(group.ordinal)
        spread[key] = max(spread.get(key, 0), made.spread(pk))
    return {
        "days": [
            {
                "date": day.date.isoformat(),
                "group": planning.groups[day.group].ordinal,
                "on_duty": [
                    {
                        "card": planning.mandates[pick.mandate].card_number,
                        "name": pick.name,
                        "reason": pick.reason,
                    }
                    for pick in day.picks
                    if pick.status is Status.ON_DUTY
                ],
            }
            for day in made.days
        ],
        "spread": spread,
    }
