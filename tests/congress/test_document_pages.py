"""Documents in the browser: registered, found by their text, replaced, made void, in registers."""

import datetime
import io
import uuid

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congress.models import Document, DocumentFile, Session
from tests import factory
from tests.congress.made_files import EXE, PDF
from tests.congress.test_document_text import docx, pdf
from tests.factory import make_document, make_document_file

pytestmark = pytest.mark.django_db
SERIES = "XX镇人〔2020〕"


@pytest.fixture(autouse=True)
def _township(set_today, settings, tmp_path):
    set_today("2020-08-20")
    settings.MEDIA_ROOT = tmp_path
    factory.make_township()


def sent(**fields):
    return {
        "submission": str(uuid.uuid4()),
        "level": "own",
        "title": "关于接待选民日的意见",
        "issuer": "镇人大",
        "number": "",
        "take_from": "",
        "date": "2020-08-19",
        **fields,
    }


def files(*named):
    return [SimpleUploadedFile(name, content) for name, content in named]


def errors(response):
    return response.context["form"].errors.get_json_data()


def text_of(response):
    return response.content.decode()


def titles(response):
    return [record.title for record in response.context["object_list"]]


def on_disc(tmp_path):
    kept = (tmp_path / "attachments").rglob("*")
    return sorted(path.name for path in kept if path.is_file())


# Registered


def test_an_own_document_takes_the_next_number_with_its_files(office, logged_in, tmp_path):
    make_document(f"{SERIES}1号", position=4)
    client = logged_in(office)
    form = client.get("/documents/add/?level=own").context["form"]

    response = client.post(
        "/documents/add/",
        sent(
            take_from=SERIES,
            matters=["reception", "groups"],
            rules="每月15日接待。",
            attachments=files(("意见.pdf", pdf("接待选民日")), ("附.docx", docx("活动"))),
        ),
        follow=True,
    )

    document = Document.objects.get(serial=2)
    assert (form.initial["take_from"], form.initial["issuer"]) == (SERIES, "镇人大")
    assert [str(each) for each in response.context["messages"]] == [
        f"已添加文件“《关于接待选民日的意见》”。取号{SERIES}2号。"
    ]
    assert (document.number, document.kind, document.position) == (f"{SERIES}2号", "opinion", 5)
    assert list(map(str, document.matters.all())) == ["接待选民日", "代表小组活动"]
    assert [(each.name, each.reading, each.user) for each in document.files.all()] == [
        ("意见.pdf", "read", office),
        ("附.docx", "read", office),
    ]
    assert len(on_disc(tmp_path)) == 2
    assert not [name for name in on_disc(tmp_path) if "." in name]


def test_a_number_is_mended_and_one_says_so(office, logged_in):
    response = logged_in(office).post(
        "/documents/add/", sent(number="XX镇人（2020）第01号"), follow=True
    )

    assert [str(each) for each in response.context["messages"]] == [
        "已添加文件“《关于接待选民日的意见》”。文号的写法已改为XX镇人〔2020〕1号："
        "年份用六角括号〔〕，顺序号前不加“第”字和零。"
    ]
    assert Document.objects.get().number == f"{SERIES}1号"


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({}, "number", "请填写文号；本级文件也可以选择自动取号。"),
        (
            {"level": "county", "take_from": SERIES},
            "take_from",
            "上级文件照原文填写文号，不取号。",
        ),
        (
            {"number": f"{SERIES}2号", "take_from": SERIES},
            "take_from",
            "已经填了文号；要自动取号，请把文号栏清空。",
        ),
        ({"number": f"{SERIES}1号"}, "number", "该机关的这个文号已经登记。"),
        (
            {"number": f"{SERIES}1号", "issuer": "镇人大主席团"},
            "number",
            f"{SERIES}1号已经使用，下一个文号是{SERIES}2号。",
        ),
        (
            {"number": f"{SERIES}2号", "received_on": "2020-08-20"},
            "received_on",
            "收文日期只用于上级文件，本级文件请留空。",
        ),
        (
            {"number": "1", "level": "county", "received_on": "2020-08-18"},
            "received_on",
            "收文日期不能早于发文日期。",
        ),
        (
            {"number": f"{SERIES}2号", "repealed_on": "2020-08-18"},
            "repealed_on",
            "废止日期不能早于发文日期。",
        ),
        ({"number": f"{SERIES}2号", "matters": ["x"]}, "matters", None),
        ({"number": f"{SERIES}2号", "title": "长" * 201}, "title", None),
    ],
)
def test_what_is_refused_names_its_field(office, logged_in, tmp_path, fields, field, words):
    make_document(f"{SERIES}1号")

    response = logged_in(office).post(
        "/documents/add/", sent(**fields, attachments=files(("一.pdf", PDF)))
    )

    told = errors(response)
    assert list(told) == [field]
    assert words in (None, told[field][0]["message"])
    assert (Document.objects.count(), DocumentFile.objects.count()) == (1, 0)
    assert on_disc(tmp_path) == []


def test_a_second_click_makes_no_second_document_and_no_second_file(office, logged_in, tmp_path):
    client, data = logged_in(office), sent(number=f"{SERIES}1号")
    for _ in range(2):
        client.post("/documents/add/", data | {"attachments": files(("一.pdf", PDF))})

    assert (Document.objects.count(), DocumentFile.objects.count()) == (1, 1)
    assert len(on_disc(tmp_path)) == 1


def test_a_taken_number_is_not_taken_twice_by_a_second_click(office, logged_in, tmp_path):
    make_document(f"{SERIES}1号")
    client, data = logged_in(office), sent(take_from=SERIES)
    for _ in range(2):
        client.post("/documents/add/", data | {"attachments": files(("一.pdf", PDF))})

    assert [each.serial for each in Document.objects.order_by("serial")] == [1, 2]
    assert len(on_disc(tmp_path)) == 1


def test_the_content_decides_what_a_file_is(office, logged_in, tmp_path):
    response = logged_in(office).post(
        "/documents/add/",
        sent(number=f"{SERIES}1号", attachments=files(("意见.pdf", EXE), ("二.pdf", PDF))),
    )

    assert errors(response)["attachments"][0]["message"].startswith("“意见.pdf”：")
    assert (Document.objects.count(), on_disc(tmp_path)) == (0, [])


def test_the_same_file_twice_is_refused_and_nothing_kept(office, logged_in, tmp_path):
    response = logged_in(office).post(
        "/documents/add/",
        sent(number=f"{SERIES}1号", attachments=files(("一.pdf", PDF), ("二.pdf", PDF))),
    )

    assert errors(response)["attachments"][0]["message"].startswith("“二.pdf”与已有的附件")
    assert (Document.objects.count(), on_disc(tmp_path)) == (0, [])


def test_of_two_who_edit_the_second_sees_the_first(office, logged_in):
    document = make_document(f"{SERIES}1号", kind="opinion")
    address = f"/documents/{document.pk}/edit/"
    data = sent(number=f"{SERIES}1号", position=1, kind="opinion") | {"version": 1}
    client = logged_in(office)

    client.post(address, data | {"matters": ["groups"]})
    second = client.post(address, data | {"title": "另一个标题"})

    assert second.status_code == 409
    assert [(each.label, each.theirs, each.yours) for each in second.context["differences"]] == [
        ("标题", "关于接待选民日的意见", "另一个标题"),
        ("规定事项", "代表小组活动", "（空）"),
    ]


# Found


@pytest.fixture
def searched(office):
    one = make_document(f"{SERIES}1号", title="关于接待的意见", date="2020-01-01")
    two = make_document(f"{SERIES}2号", title="关于活动的通知", date="2020-02-01", issuer="党委")
    long = "其他。" * 100
    make_document_file(one, office, f"{long}小组每年活动Four次<b>以上</b>。{long}", name="正文.pdf")
    make_document_file(one, office, "附件里也有活动。", name="附件.pdf", content=PDF + b"2")
    make_document_file(two, office, "100%满意_率", name="通知.pdf", content=PDF + b"3")
    return one, two


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("接待", ["关于接待的意见"]),
        ("活动", ["关于活动的通知", "关于接待的意见"]),
        ("接待 活动", ["关于接待的意见"]),
        ("four", ["关于接待的意见"]),
        ("党委 通知", ["关于活动的通知"]),
        (f"{SERIES}2", ["关于活动的通知"]),
        ("100%满", ["关于活动的通知"]),
        ("1%满", []),
        ("满意_", ["关于活动的通知"]),
        ("没有这个词", []),
        ("\x00", ["关于活动的通知", "关于接待的意见"]),
    ],
)
def test_every_word_is_looked_for_everywhere(leader, logged_in, searched, query, found):
    response = logged_in(leader).get("/documents/", {"q": query})

    assert titles(response) == found


def test_a_hit_is_shown_with_the_words_around_it(leader, logged_in, searched):
    page = text_of(logged_in(leader).get("/documents/?q=活动"))
    one = searched[0]

    before = ("其他。" * 8)[-20:]
    assert (
        f"正文.pdf</a>：…{before}小组每年<mark>活动</mark>Four次&lt;b&gt;以上&lt;/b&gt;。" in page
    )
    assert "附件.pdf</a>：附件里也有<mark>活动</mark>。" in page
    assert f'href="/documents/{one.pk}/?q=%E6%B4%BB%E5%8A%A8#in-text"' in page
    own = text_of(logged_in(leader).get(f"/documents/{one.pk}/?q=four"))
    assert "每年活动<mark>Four</mark>次" in own


def test_lists_do_not_load_the_text(office, logged_in, searched):
    row = DocumentFile.objects.first()

    assert "text" in row.get_deferred_fields()


def test_filters(office, logged_in):
    session = Session.objects.create(
        term=factory.make_term(), ordinal=4, date=factory.day("2020-09-03"), agenda="选举"
    )
    old = make_document(
        "XX镇人〔2019〕1号", title="旧", date="2019-05-01", repealed_on="2020-01-13"
    )
    new = make_document(f"{SERIES}1号", title="新", kind="opinion", session=session)
    new.matters.create(matter="reception")
    Document.objects.filter(pk=old.pk).update(replaced_by=new)
    make_document(f"{SERIES}2号", title="废", void_on="2020-02-01", void_reason="重复")
    make_document("YY〔2020〕1号", title="县", level="county", date="2020-01-01")
    client = logged_in(office)

    def named(**query):
        return titles(client.get("/documents/", query))

    assert named() == ["废", "新", "县", "旧"]
    assert named(date=2019) == ["旧"]
    assert named(level="county") == ["县"]
    assert named(kind="opinion") == named(matter="reception") == ["新"]
    assert named(session=session.pk) == ["新"]
    assert named(standing="in_force") == ["新", "县"]
    assert named(standing="repealed") == ["旧"]
    assert named(standing="void") == ["废"]
    assert named(series=SERIES) == ["废", "新"]
    page = text_of(client.get(new.get_absolute_url()))
    assert f'代替<a href="/documents/{old.pk}/">' in page
    assert f'已由<a href="/documents/{new.pk}/">' in text_of(client.get(old.get_absolute_url()))
    assert "《新》" in text_of(client.get(session.get_absolute_url()))


def test_delegates_read_what_their_own_congress_issued(delegate, logged_in):
    own = make_document(f"{SERIES}1号", title="本级")
    void = make_document(f"{SERIES}2号", title="废", void_on="2020-02-01", void_reason="重复")
    county = make_document("YY〔2020〕1号", title="县", level="county")
    file = make_document_file(county, text="活动")
    mine = make_document_file(own, text="活动", content=PDF + b"2")
    client = logged_in(delegate)

    assert titles(client.get("/documents/")) == titles(client.get("/documents/?q=活动")) == ["本级"]
    codes = [
        client.get(address).status_code
        for address in (
            own.get_absolute_url(),
            f"/documents/{own.pk}/files/{mine.pk}/",
            void.get_absolute_url(),
            county.get_absolute_url(),
            f"/documents/{county.pk}/files/{file.pk}/",
        )
    ]
    assert codes == [200, 200, 404, 404, 404]
    assert "添加文件" not in text_of(client.get("/documents/"))


def test_the_same_queries_however_many(office, logged_in, queries_of):
    client = logged_in(office)
    addresses = ["/documents/", "/documents/?q=活动", "/documents/numbers/", "/documents/add/"]

    def fill(first, last):
        documents = Document.objects.bulk_create(
            Document(
                title=f"{number}号活动",
                issuer="镇人大",
                number=f"{SERIES}{number}号",
                series=SERIES,
                serial=number,
                date=datetime.date(2020, 1, 13),
                level="own",
            )
            for number in range(first, last)
        )
        for document in documents:
            document.matters.create(matter="groups")
        DocumentFile.objects.bulk_create(
            DocumentFile(document=document, name="一.pdf", size=1, text="活动")
            for document in documents
        )

    fill(1, 4)
    few = [queries_of(client, address) for address in addresses]
    fill(4, 301)

    assert [queries_of(client, address) for address in addresses] == few


def test_the_workbook_has_every_column(office, logged_in):
    make_document(f"{SERIES}1号", title="=1+1", kind="opinion").matters.create(matter="groups")

    response = logged_in(office).get("/documents/?export=xlsx")

    rows = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert [list(row) for row in rows.iter_rows(values_only=True)] == [
        ["标题", "发文机关", "文号", "发文日期", "收文日期", "来源", "文种", "规定事项", "效力"],
        [
            "=1+1",
            "镇人大",
            f"{SERIES}1号",
            "2020-01-13",
            None,
            "本级",
            "意见",
            "代表小组活动",
            "现行有效",
        ],
    ]


# Void, numbers, register


def test_void_and_back(office, logged_in):
    document = make_document(f"{SERIES}1号")
    client, address = logged_in(office), document.get_absolute_url()

    empty = client.post(f"{address}void/", {"version": 1, "void_on": "2020-08-20"})
    client.post(
        f"{address}void/", {"version": 1, "void_on": "2020-08-20", "void_reason": "重复发文"}
    )
    page = text_of(client.get(address))
    again = client.post(f"{address}void/", {"version": 2})
    refused = client.get(f"{address}edit/").status_code
    stale = client.post(f"{address}restore/", {"version": 1}, follow=True)
    client.post(f"{address}restore/", {"version": 2})

    assert list(errors(empty)) == ["void_reason"]
    assert "重复发文" in page
    assert "恢复" in page
    assert (again.status_code, refused) == (302, 403)
    assert "刚被他人修改" in text_of(stale)
    document.refresh_from_db()
    assert (document.void_on, document.void_reason, document.version) == (None, "", 3)


def test_only_the_last_number_is_given_back(office, logged_in):
    first, last = make_document(f"{SERIES}1号"), make_document(f"{SERIES}2号")
    client = logged_in(office)

    assert client.post(f"{first.get_absolute_url()}delete/").status_code == 403
    client.post(f"{last.get_absolute_url()}delete/")
    assert list(Document.objects.all()) == [first]


def test_a_gap_is_entered_as_void_from_its_line(office, logged_in):
    make_document(f"{SERIES}1号")
    make_document(f"{SERIES}4号")
    client = logged_in(office)

    page = text_of(client.get("/documents/numbers/?year=2020"))
    data = {
        "submission": str(uuid.uuid4()),
        "issuer": "镇人大",
        "number": "XX镇人[2020]2号",
        "void_on": "2020-03-01",
        "void_reason": "未发文",
    }
    client.post("/documents/numbers/void/", data)
    again = client.post("/documents/numbers/void/", data | {"submission": str(uuid.uuid4())})

    assert "XX镇人〔2020〕已用到4号，下一个文号是XX镇人〔2020〕5号；缺2个" in page
    assert "XX镇人〔2020〕2号至XX镇人〔2020〕3号" in page
    assert errors(again)["number"][0]["message"].startswith("XX镇人〔2020〕2号已经使用")
    assert "；作废1个；缺1个" in text_of(client.get("/documents/numbers/?year=2020"))


def test_the_register_of_a_year(office, logged_in):
    import pdfplumber

    make_document(f"{SERIES}1号", title="关于小组活动的意见", kind="opinion")
    make_document(f"{SERIES}3号", title="错发", void_on="2020-02-01", void_reason="重复发文")
    make_document(
        "YY〔2019〕9号",
        title="上年发今年收",
        level="county",
        date="2019-12-30",
        received_on="2020-01-03",
    )
    make_document(
        "YY〔2020〕9号",
        title="今年发下年收",
        level="county",
        date="2020-12-30",
        received_on="2021-01-03",
    )

    response = logged_in(office).get("/documents/register/2020/")

    with pdfplumber.open(io.BytesIO(response.content)) as made:
        sheets = [page.extract_text().replace("\n", "") for page in made.pages]
        sizes = {(round(page.width), round(page.height)) for page in made.pages}
    assert sizes == {(842, 595)}
    assert len(sheets) == 2
    assert "2020年收文登记簿" in sheets[0]
    assert "上年发今年收" in sheets[0]
    assert "今年发下年收" not in "".join(sheets)
    assert "发文1份，作废1个文号，缺1个文号。" in sheets[1]
    assert f"{SERIES}2号缺号" in sheets[1].replace(" ", "")
    assert "作废：重复发文" in sheets[1]
