"""A person's portrait and 身份证号, beside the common pages."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views import generic

from congress import roles
from congress.record_views import RecordDetail, RecordView
from congress.thumbnails import CONTENT_TYPE, NoPicture, thumbnail
from delegates.actions import keep_portrait, remove_portrait, reveal_identity
from delegates.forms import RevealIdentityForm
from delegates.forms.portraits import PortraitForm
from delegates.models import Portrait


class DelegateIdentity(RecordDetail):
    """显示身份证号: shown once, in the answer to this request; who asked, and why, is kept."""

    http_method_names = ["post"]

    def is_allowed(self, user):
        return roles.keeps_records(user)

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        form = RevealIdentityForm(request.POST)
        number = ""
        if form.is_valid():
            try:
                number = reveal_identity(
                    by=request.user, delegate=self.object, reason=form.cleaned_data["reason"]
                )
            except ValidationError as error:
                form.refuse(error)
        context = self.get_context_data() | {"identity": number, "reveal_form": form}
        response = self.render_to_response(context)
        response["Cache-Control"] = "no-store"
        return response


class PortraitPage(RecordView, generic.DetailView):
    """Base: the person is found among those the user may see."""

    context_object_name = "delegate"

    @property
    def crumbs(self):
        return [*super().crumbs, (str(self.object), self.object.get_absolute_url())]

    def get_queryset(self):
        return self.pages.visible_to(self.request.user)

    def get_portrait(self) -> Portrait:
        return get_object_or_404(Portrait, delegate=self.object)

    def get_context_data(self, **kwargs):
        return super().get_context_data(cancel_url=self.object.get_absolute_url(), **kwargs)

    def back(self, said: str) -> HttpResponseRedirect:
        messages.success(self.request, said)
        return HttpResponseRedirect(self.object.get_absolute_url())


class PortraitShown(PortraitPage):
    """The picture; with ``?small`` as a page shows it. The browser keeps it for a short while."""

    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        try:
            with self.get_portrait().file.open() as file:
                content = thumbnail(file) if "small" in request.GET else file.read()
        except (FileNotFoundError, NoPicture) as error:
            raise Http404 from error
        response = HttpResponse(content, content_type=CONTENT_TYPE)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "private, max-age=600"
        return response


class PortraitEdit(PortraitPage):
    """Choose a picture; of one that is replaced the page says so and shows it."""

    http_method_names = ["get", "head", "post"]

    def is_allowed(self, user):
        return roles.keeps_records(user)

    def get_template_names(self):
        return ["delegates/portrait_form.html"]

    def get_context_data(self, **kwargs):
        portrait = Portrait.objects.filter(delegate=self.object).first()
        return super().get_context_data(
            **{
                "title": "更换照片" if portrait else "添加照片",
                "portrait": portrait,
                "form": PortraitForm(),
            }
            | kwargs
        )

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        form = PortraitForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        keep_portrait(by=request.user, delegate=self.object, picture=form.cleaned_data["picture"])
        return self.back(f"已保存{self.object}的照片。")


class PortraitRemove(PortraitPage):
    """Asks first: what is removed is gone."""

    http_method_names = ["get", "head", "post"]

    def is_allowed(self, user):
        return roles.keeps_records(user)

    def get_template_names(self):
        return ["congress/record_confirm_delete.html"]

    def get_context_data(self, **kwargs):
        told = {"title": "删除照片", "noun": "照片", "record": self.get_portrait()}
        return super().get_context_data(**kwargs) | told

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        remove_portrait(by=request.user, portrait=self.get_portrait())
        return self.back(f"已删除{self.object}的照片。")
