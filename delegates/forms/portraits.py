"""代表照片 as it is sent: any picture; as it is kept: upright, of moderate size, nothing else."""

import hashlib

from django import forms
from django.core.files.base import ContentFile

from congress.thumbnails import CONTENT_TYPE, NoPicture, upright
from congress.uploads import MAX_MEGABYTES, Upload, UploadField, safe_name

#: In pixels; enough for a card of 5 cm at 400 dots an inch.
SIZE = (800, 1100)
PICTURES = "图片（JPEG、PNG、WebP、GIF）"


class PictureField(UploadField):
    def __init__(self, **kwargs):
        super().__init__(
            help_text=f"{PICTURES}，不超过{MAX_MEGABYTES}MB；自动转正、缩小，去掉拍摄地点等信息",
            **kwargs,
        )

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"accept": "image/jpeg,image/png,image/webp"}

    def to_python(self, data) -> Upload | None:
        upload = super().to_python(data)
        if upload is None:
            return None
        if not upload.content_type.startswith("image/"):
            raise forms.ValidationError(f"照片只能是{PICTURES}。")
        try:
            content = upright(upload.file, SIZE, quality=88)
        except NoPicture as error:
            raise forms.ValidationError("图片打不开，请重新拍照或另存后再上传。") from error
        return Upload(
            name=safe_name(upload.name, ".jpg"),
            content_type=CONTENT_TYPE,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            file=ContentFile(content),
        )


class PortraitForm(forms.Form):
    picture = PictureField(label="照片")
