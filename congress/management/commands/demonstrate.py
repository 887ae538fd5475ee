"""Fill an empty installation with a demonstration year and an account of each role."""

import datetime
import secrets
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Count

import reports
from congress.models import Township, User
from congress.periods import today
from congress.roles import Role
from delegates.models import Level
from groups.models import (
    ActivityRoom,
    DelegateGroup,
    Membership,
    Post,
    RoomCheck,
    RoomItem,
    RoomResult,
    Standard,
)
from groups.room_actions import record_check
from reports.ledgers import import_ledgers
from voters.actions import add_usual_templates
from voters.models import HandlingUnit

WORKBOOK = Path(reports.__file__).parent / "demonstration" / "xx-town-2020.xlsx"
#: In the order of the table; letters and digits that nobody mistakes for each other.
ROLES = (
    Role.CHAIR,
    Role.SECRETARY,
    Role.OFFICE,
    Role.LEADER,
    Role.DELEGATE,
    Role.UNIT,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
PASSWORD_LENGTH = 12


def new_password() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(PASSWORD_LENGTH))


CHECKED_AGO = datetime.timedelta(days=100)


class Command(BaseCommand):
    help = "演示：在空数据库中导入演示年度，并为每种角色建一个演示账号"

    def add_arguments(self, parser):
        parser.add_argument(
            "--reset-passwords", action="store_true", help="为已有的演示账号换新密码并打印"
        )

    def handle(self, *args, reset_passwords, **options):
        if not settings.DEMO:
            raise SystemExit("演示只能在演示模式（DEMO=1）下使用；没有改动任何内容。")
        with transaction.atomic():
            self.fill()
            if not User.objects.exists():
                accounts = [self.create_account(role) for role in ROLES]
                add_usual_templates(user=User.objects.get(role=Role.SECRETARY))
                self.check_rooms(User.objects.get(role=Role.OFFICE))
                self.list_accounts(accounts)
            elif reset_passwords:
                self.list_accounts(self.reset_accounts())
            else:
                self.stdout.write("已有账号，没有改动；忘记密码可加 --reset-passwords 换新密码。")

    def fill(self):
        if Township.objects.exists():
            self.stdout.write("数据库中已有数据，没有导入演示年度。")
            return
        with WORKBOOK.open("rb") as workbook:
            plan = import_ledgers(workbook)
        if plan.errors:
            raise SystemExit(f"演示年度不能导入：{plan.errors[0]}")
        self.stdout.write("已导入演示年度。")

    def create_account(self, role: Role) -> tuple[User, str]:
        password = new_password()
        user = User.objects.create_user(
            role.value, password, name=f"演示{role.label}", role=role.value
        )
        if role == Role.LEADER:
            self.link_person(user, self.members().filter(post=Post.LEADER))
        elif role == Role.DELEGATE:
            self.link_person(user, self.members().filter(post=Post.MEMBER))
        elif role == Role.UNIT:
            self.link_unit(user)
        return user, password

    def check_rooms(self, user: User):
        """The first rooms were seen in spring, one lacks its register; the others were not."""
        rooms = ActivityRoom.objects.holding_on(today()).select_related("group")[:2]
        items = list(RoomItem.objects.holding_on(today()))
        for room, lacking in zip(rooms, ("", Standard.REGISTER), strict=False):
            record_check(
                by=user,
                room_check=RoomCheck(
                    room=room, day=today() - CHECKED_AGO, checked_by="镇人大办公室"
                ),
                results=[RoomResult(item=item, met=item.code != lacking) for item in items],
            )

    def members(self):
        """Members of the first group, those of the township first."""
        group = DelegateGroup.objects.holding_on(today()).order_by("ordinal").first()
        return (
            Membership.objects.holding_on(today())
            .filter(group=group, mandate__delegate__account=None, mandate__level=Level.TOWN)
            .select_related("mandate__delegate")
            .order_by("pk")
        )

    def link_person(self, user: User, memberships):
        membership = memberships.first()
        if membership:
            person = membership.mandate.delegate
            person.account = user
            person.save(update_fields=["account"])
            user.name = person.name
            user.save(update_fields=["name"])

    def link_unit(self, user: User):
        """The unit with most to do."""
        unit = (
            HandlingUnit.objects.annotate(items=Count("led_items")).order_by("-items", "pk").first()
        )
        if unit:
            unit.accounts.add(user)
            user.name = unit.name[: User._meta.get_field("name").max_length]
            user.save(update_fields=["name"])

    def reset_accounts(self) -> list[tuple[User, str]]:
        accounts = []
        for role in ROLES:
            user = User.objects.filter(username=role.value, role=role.value).first()
            if user:
                password = new_password()
                user.set_password(password)
                user.save(update_fields=["password"])
                accounts.append((user, password))
        return accounts

    def list_accounts(self, accounts: list[tuple[User, str]]):
        self.stdout.write("演示账号（密码只显示这一次）：")
        for user, password in accounts:
            self.stdout.write(
                f"  {user.username:<14} {password}  {user.get_role_display()}（{user.name}）"
            )
