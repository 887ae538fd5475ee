"""A unit sends a picture with its answer and fetches it again under its Chinese name."""

import pytest

from tests import factory
from tests.congress.made_files import picture
from voters.models import FeedbackItem

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "村口𬱖㛃路段修复现场.jpg"


def test_a_picture_goes_with_the_answer(
    live_server, page, log_in, unit, set_today, settings, tmp_path
):
    set_today("2020-08-20")
    settings.MEDIA_ROOT = tmp_path / "media"
    factory.make_township()
    own = factory.make_unit()
    own.accounts.add(unit)
    item = factory.make_item(state="handling", lead_unit=own)
    photo = tmp_path / NAME
    photo.write_bytes(picture())
    log_in(page, unit)

    page.goto(f"{live_server.url}/items/{item.pk}/reply/")
    page.get_by_label("A 已解决").check()
    page.get_by_label("答复内容").fill("已经修好。")
    page.get_by_label("附件").set_input_files(photo)
    page.locator("main").get_by_role("button", name="答复", exact=True).click()
    page.get_by_role("heading", name="附件").wait_for()
    with page.expect_download() as begun:
        page.get_by_role("link", name=NAME, exact=True).click()

    assert FeedbackItem.objects.get().state == "replied"
    assert begun.value.suggested_filename == NAME
    assert begun.value.path().read_bytes() == photo.read_bytes()
