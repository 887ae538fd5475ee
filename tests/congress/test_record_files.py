"""Pictures and papers of a record: who adds, reads and removes them; shown on its page."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from congress.attachments import MOST
from groups.models import ActivityFile
from tests import factory
from tests.congress.made_files import EXE, PDF, picture

pytestmark = pytest.mark.django_db
#: Of a camera held upright, Exif 2.32, 4.6.4.
ORIENTATION = 0x0112
NAME = "视察现场𬱖㛃.jpg"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def activity():
    return factory.make_activity(group=factory.make_group(1))


def add(client, activity, *named):
    files = [SimpleUploadedFile(name, content) for name, content in named]
    return client.post(f"/activities/{activity.pk}/files/", {"attachments": files})


def on_disc(tmp_path):
    return [path for path in tmp_path.rglob("*") if path.is_file()]


def said(response):
    return response.context["files_form"].errors.get("attachments")


def test_a_leader_adds_a_picture_that_the_page_shows(leader, chair, logged_in, activity):
    add(logged_in(leader), activity, (NAME, picture()))

    kept = ActivityFile.objects.get()
    page = logged_in(chair).get(activity.get_absolute_url()).content.decode()
    file = logged_in(chair).get(f"/activities/{activity.pk}/files/{kept.pk}/")
    assert (kept.name, kept.user) == (NAME, leader)
    assert f'src="/activities/{activity.pk}/files/{kept.pk}/?small"' in page
    assert b"".join(file.streaming_content) == picture()
    assert "添加图片、附件" not in page


def test_the_page_shows_a_small_upright_picture(office, logged_in, activity):
    camera = Image.new("RGB", (1600, 900), "white")
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    photograph = io.BytesIO()
    camera.save(photograph, "JPEG", exif=exif)
    kept = factory.make_file(
        ActivityFile, activity, office, photograph.getvalue(), content_type="image/jpeg"
    )
    paper = factory.make_file(ActivityFile, activity, office)
    client, folder = logged_in(office), f"/activities/{activity.pk}/files"

    response = client.get(f"{folder}/{kept.pk}/?small")
    no_picture = client.get(f"{folder}/{paper.pk}/?small")

    small = Image.open(io.BytesIO(response.content))
    assert (small.format, small.size, dict(small.getexif())) == ("JPEG", (162, 288), {})
    assert response.headers["Cache-Control"] == "private, max-age=600"
    assert no_picture.status_code == 404


def test_what_is_refused_leaves_nothing_behind(office, logged_in, activity, tmp_path):
    client = logged_in(office)
    add(client, activity, ("一.pdf", PDF))

    twice = add(client, activity, ("二.pdf", PDF))
    program = add(client, activity, ("报告.pdf", EXE))

    assert said(twice) == ["“二.pdf”与已有的附件内容相同，不用再传。"]
    assert said(program)[0].startswith("“报告.pdf”：")
    assert len(on_disc(tmp_path)) == 1


def test_no_more_than_the_limit(office, logged_in, activity):
    for number in range(MOST):
        factory.make_file(ActivityFile, activity, office, PDF + bytes([number]))

    refused = add(logged_in(office), activity, ("多.pdf", PDF))

    assert said(refused)[0].startswith(f"一项活动最多{MOST}个附件，现有{MOST}个")


def test_removing_asks_first_and_takes_it_from_the_disc(
    office, logged_in, activity, tmp_path, django_capture_on_commit_callbacks
):
    kept = factory.make_file(ActivityFile, activity, office)
    client, address = logged_in(office), f"/activities/{activity.pk}/files/{kept.pk}/remove/"

    assert kept.name in client.get(address).content.decode()
    assert len(on_disc(tmp_path)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address)

    assert (ActivityFile.objects.count(), on_disc(tmp_path)) == (0, [])


def test_a_file_is_found_at_its_own_record_only(office, logged_in, activity):
    kept = factory.make_file(ActivityFile, factory.make_activity(), office)

    response = logged_in(office).get(f"/activities/{activity.pk}/files/{kept.pk}/")

    assert response.status_code == 404


def test_an_activity_with_files_is_not_deleted(office, logged_in, activity):
    factory.make_file(ActivityFile, activity, office)

    response = logged_in(office).post(f"/activities/{activity.pk}/delete/")

    assert response.status_code == 409
