"""The navigation marks the page that is open, and that one alone."""

import pytest

from congress import navigation
from congress.navigation import Entry

PAGES = [
    Entry("今日", "dashboard", bool),
    Entry("意见建议", "feedbackitem_list", bool),
    Entry("添加意见建议", "feedbackitem_add", bool),
]


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/", "今日"),
        ("/items/", "意见建议"),
        ("/items/7/", "意见建议"),
        ("/items/add/", "添加意见建议"),
    ],
)
def test_the_longest_address_is_the_open_one(path, label):
    assert navigation._open_page(path, PAGES).label == label


def test_elsewhere_none_is_open():
    assert navigation._open_page("/visits/", PAGES) is None


@pytest.mark.django_db
def test_items_have_their_pages(office, logged_in):
    shown = logged_in(office).get("/items/").context["navigation"]

    current = [(page["label"], page["current"]) for entry in shown for page in entry["pages"]]
    assert [label for label, is_open in current if is_open] == ["全部意见建议"]
