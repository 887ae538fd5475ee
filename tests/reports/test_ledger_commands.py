"""Commands: import, export, and the demonstration year with its accounts."""

import io
import re

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.http import HttpRequest

from congress.models import Township, User
from congress.roles import Role
from delegates.models import Delegate
from groups.models import DelegateGroup
from voters.models import FeedbackItem, HandlingUnit, Visit

from . import ledger_files
from .ledger_files import XX_TOWN, cells_of

pytestmark = pytest.mark.django_db


def said(*arguments, **options):
    """Lines on standard output."""
    out = io.StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue().splitlines()


def refused(*arguments):
    """(the last sentence, lines before it on standard error)."""
    err = io.StringIO()
    with pytest.raises(SystemExit) as raised:
        call_command(*arguments, stderr=err)
    return raised.value.code, err.getvalue().splitlines()


def stored(tmp_path, ledger):
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(ledger.file().getvalue())
    return str(path)


def test_import_says_what_each_sheet_brought():
    lines = said("import_ledgers", str(XX_TOWN))
    assert lines[0] == "基本信息：新增8，更改0，不变0"
    assert lines[5] == "接待登记：新增54，更改0，不变0"
    assert lines[-1] == "已全部写入。"
    assert len(lines) == 18
    assert said("import_ledgers", str(XX_TOWN))[5] == "接待登记：新增0，更改0，不变54"


def test_a_dry_run_writes_nothing():
    assert said("import_ledgers", str(XX_TOWN), "--dry-run")[-1] == "以上只是核对，没有写入。"
    assert not Township.objects.exists()


def test_a_change_is_told(tmp_path):
    said("import_ledgers", str(XX_TOWN))
    ledger = ledger_files.xx_town()
    ledger.row("接待登记", 登记号="2020-001")["来访人数"] = 7
    assert said("import_ledgers", stored(tmp_path, ledger))[-2:] == [
        "接待登记 第2行 “来访人数”：“4”改为“7”",
        "已全部写入。",
    ]


def test_every_error_is_told_and_nothing_written(tmp_path):
    ledger = ledger_files.xx_town()
    ledger.row("接待登记", 登记号="2020-001")["来访人数"] = "几个"
    ledger.row("意见建议", 编号="2020-J001")["状态"] = "完成"
    assert refused("import_ledgers", stored(tmp_path, ledger)) == (
        "共列出2处错误；没有写入任何内容。改正后再导入。",
        [
            "接待登记 第2行 “来访人数”（填的是“几个”）：这里要填整数。",
            "意见建议 第2行 “状态”（填的是“完成”）："
            "这里只能填：登记、当场答复、交办、签收、办理中、退回、上报、并案、转为代表建议、"
            "已答复、已告知、办结、重新办理、不予受理。",
        ],
    )
    assert not Visit.objects.exists()


def test_a_file_that_is_not_there_or_no_workbook(tmp_path):
    nowhere = tmp_path / "nowhere.xlsx"
    assert refused("import_ledgers", str(nowhere)) == (
        f"打不开文件“{nowhere}”，请核对路径和权限。",
        [],
    )
    nowhere.write_text("x")
    assert refused("import_ledgers", str(nowhere)) == (
        "这不是Excel工作簿（.xlsx）。请用Excel或WPS打开原表，另存为.xlsx文件后再导入。",
        [],
    )


def test_export_writes_the_year(tmp_path):
    said("import_ledgers", str(XX_TOWN))
    path = tmp_path / "2020.xlsx"
    assert said("export_ledgers", "2020", "--output", str(path)) == [f"已写入{path}。"]
    assert cells_of(path) == cells_of(XX_TOWN)


def test_an_export_that_cannot_be(tmp_path):
    path = str(tmp_path / "2020.xlsx")
    assert refused("export_ledgers", "20", "--output", path)[0] == (
        "年度应为四位数字，如2020，不是“20”。"
    )
    assert refused("export_ledgers", "2020", "--output", path)[0] == (
        "还没有乡镇概况和届次，没有可以导出的台账。"
    )
    said("import_ledgers", str(XX_TOWN))
    assert refused("export_ledgers", "2020", "--output", str(tmp_path))[0] == (
        f"写不了文件“{tmp_path}”，请核对路径和权限。"
    )


@pytest.fixture
def demo(settings, set_today):
    settings.DEMO = True
    set_today("2020-08-20")


def accounts_in(lines):
    """(user name, password) of each line of the table."""
    found = [re.fullmatch(r"  (\w+) +([a-z0-9]{12})  .+", line) for line in lines]
    return {match[1]: match[2] for match in found if match}


def test_outside_a_demonstration_nothing_is_made():
    assert refused("demonstrate") == (
        "演示只能在演示模式（DEMO=1）下使用；没有改动任何内容。",
        [],
    )
    assert not User.objects.exists()
    assert not Township.objects.exists()


def test_a_year_and_an_account_of_each_role(demo):
    accounts = accounts_in(said("demonstrate"))
    assert list(accounts) == [
        "chair",
        "secretary",
        "office",
        "leader",
        "delegate",
        "unit",
        "auditor",
        "administrator",
    ]
    users = {
        name: authenticate(HttpRequest(), username=name, password=password)
        for name, password in accounts.items()
    }
    assert {name: user.role for name, user in users.items()} == {name: name for name in accounts}
    assert set(accounts) == set(Role.values)
    group = DelegateGroup.objects.get(ordinal=1)
    assert Delegate.objects.get(account=users["leader"]).name == "何长庚"
    assert list(DelegateGroup.objects.visible_to(users["leader"])) == [group]
    assert Delegate.objects.get(account=users["delegate"]).mandates.get().level == "town"
    unit = HandlingUnit.objects.get(accounts=users["unit"])
    assert FeedbackItem.objects.visible_to(users["unit"]).filter(lead_unit=unit).exists()


def test_a_filled_database_is_left_alone(demo):
    first = accounts_in(said("demonstrate"))
    assert said("demonstrate") == [
        "数据库中已有数据，没有导入演示年度。",
        "已有账号，没有改动；忘记密码可加 --reset-passwords 换新密码。",
    ]
    assert authenticate(HttpRequest(), username="office", password=first["office"])
    second = accounts_in(said("demonstrate", "--reset-passwords"))
    assert list(second) == list(first)
    assert authenticate(HttpRequest(), username="office", password=first["office"]) is None
    assert authenticate(HttpRequest(), username="office", password=second["office"])
    assert User.objects.count() == 8
