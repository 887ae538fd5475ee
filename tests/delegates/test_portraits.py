"""代表照片: one upright picture of each person, for those who may see the person."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from delegates.models import Portrait
from tests import factory
from tests.congress.made_files import EXE, PDF, picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def person():
    return factory.make_delegate(name="周䶮")


def send(client, person, content, name="照片.jpg"):
    file = SimpleUploadedFile(name, content)
    return client.post(f"/delegates/{person.pk}/portrait/edit/", {"picture": file}, follow=True)


def on_disc(tmp_path):
    return [path for path in tmp_path.rglob("*") if path.is_file()]


def photograph(size=(3000, 2000), orientation=6):
    """As a camera held upright takes it, with the place where it was."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif.get_ifd(0x8825)[1] = "N"
    content = io.BytesIO()
    Image.new("RGB", size, "white").save(content, "JPEG", exif=exif)
    return content.getvalue()


def test_picture_is_kept_upright_small_and_without_place(person, office, chair, logged_in):
    page = send(logged_in(office), person, photograph()).content.decode()

    kept = Portrait.objects.get()
    shown = logged_in(chair).get(f"/delegates/{person.pk}/portrait/")
    small = logged_in(chair).get(f"/delegates/{person.pk}/portrait/?small")
    image = Image.open(io.BytesIO(shown.content))
    assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (733, 1100), {})
    assert Image.open(io.BytesIO(small.content)).size == (192, 288)
    assert (kept.name, kept.content_type, kept.user) == ("照片.jpg", "image/jpeg", office)
    assert shown.headers["Cache-Control"] == "private, max-age=600"
    assert f'src="/delegates/{person.pk}/portrait/?small&amp;v={kept.pk}"' in page
    assert "已保存周䶮的照片。" in page


def test_new_picture_takes_the_place_of_the_old_one(
    person, office, logged_in, tmp_path, django_capture_on_commit_callbacks
):
    client = logged_in(office)
    send(client, person, picture())
    asked = client.get(f"/delegates/{person.pk}/portrait/edit/").content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        send(client, person, picture("PNG", (50, 40)), "新照片.png")

    assert "现在的照片被新照片代替" in asked
    assert Portrait.objects.get().name == "新照片.jpg"
    assert len(on_disc(tmp_path)) == 1


def test_picture_is_removed_after_asking(
    person, office, logged_in, tmp_path, django_capture_on_commit_callbacks
):
    client = logged_in(office)
    send(client, person, picture())
    address = f"/delegates/{person.pk}/portrait/remove/"

    asked = client.get(address).content.decode()
    assert Portrait.objects.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address)

    assert "删除后不能恢复" in asked
    assert Portrait.objects.count() == 0
    assert on_disc(tmp_path) == []
    assert client.get(f"/delegates/{person.pk}/portrait/").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (PDF, "照片.pdf", "照片只能是图片（JPEG、PNG、WebP、GIF）。"),
        (EXE, "照片.jpg", "内容与文件名不符，不予接收。"),
        (picture()[:300], "照片.jpg", "图片已损坏或不完整，打不开。"),
    ],
)
def test_what_is_no_picture_is_refused(
    person, office, logged_in, tmp_path, content, name, sentence
):
    page = send(logged_in(office), person, content, name).content.decode()

    assert sentence in page
    assert Portrait.objects.count() == 0
    assert on_disc(tmp_path) == []


def test_own_portrait_is_seen_by_its_delegate_only(person, delegate, office, logged_in):
    send(logged_in(office), person, picture())
    send(logged_in(office), delegate.delegate, picture())
    client = logged_in(delegate)

    assert client.get(f"/delegates/{delegate.delegate.pk}/portrait/").status_code == 200
    assert client.get(f"/delegates/{person.pk}/portrait/").status_code == 404
    assert "更换照片" not in client.get(delegate.delegate.get_absolute_url()).content.decode()
