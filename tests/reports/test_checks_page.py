"""签发前检查 in the browser, and signing over warnings."""

from reports.checks import AcceptanceForm, Finding, accepted_for, errors, warnings

ADDRESS = "/reports/2020/checks/"


def body(response):
    return response.content.decode()


def finding(key, sentence):
    return Finding(key, "名称", "warning", sentence, "/")


def test_the_report_of_2020_has_no_error_and_few_warnings(report, set_today):
    set_today("2020-08-20")

    assert errors(report) == ()
    assert [(each.check_key, len(each.records), each.sentence) for each in warnings(report)] == [
        ("items_overdue", 2, "2条意见建议已过办理期限，还没有答复。"),
        ("voter_not_told", 2, "2条意见建议已经答复，还没有告知选民。"),
        ("idle_delegates", 8, "8名代表在统计期内没有履职记录。"),
    ]


def test_the_page_names_what_to_mend_and_where(report, set_today, logged_in, chair):
    set_today("2020-08-20")
    page = body(logged_in(chair).get(ADDRESS))

    assert "没有错误，有3项提醒。" in page
    assert '2020-J016 核查爆破震裂房屋并赔偿 <a class="to-mend" href="/items/' in page
    assert "<summary>日期不在任期内</summary>" in page
    assert ADDRESS in body(logged_in(chair).get("/reports/2020/"))


def test_each_warning_needs_a_tick_and_a_reason_of_its_own_or_for_all():
    two = (finding("one", "第一项。"), finding("two", "第二项。"))
    first, second = (each.fingerprint for each in two)
    nothing = AcceptanceForm(two, {f"accept-{first}": "on"})
    shared = {f"accept-{first}": "on", f"accept-{second}": "on", "reason_for_all": "已经核实"}
    both = AcceptanceForm(two, {**shared, f"reason-{second}": "上年如此"})

    assert nothing.errors == {
        f"reason-{first}": ["请写明理由，或者在“统一的理由”中写明。"],
        f"accept-{second}": ["请核实后勾选。"],
    }
    assert both.is_valid()
    assert both.accepted == [
        {"check": "one", "sentence": "第一项。", "reason": "已经核实"},
        {"check": "two", "sentence": "第二项。", "reason": "上年如此"},
    ]
    assert accepted_for(two[:1], "统一") == [
        {"check": "one", "sentence": "第一项。", "reason": "统一"}
    ]


def test_a_warning_that_changed_meanwhile_is_not_accepted():
    seen = finding("one", "1条。")
    data = {f"accept-{seen.fingerprint}": "on", f"reason-{seen.fingerprint}": "已经核实"}

    assert AcceptanceForm([seen], data).is_valid()
    assert not AcceptanceForm([finding("one", "2条。")], data).is_valid()
