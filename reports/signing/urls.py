"""Steps of a report to its signature, signed versions, and the page that verifies."""

from django.urls import path

from reports.views import signing, verify, versions

VERSION = "reports/<slug:slug>/versions/<int:number>/"

urlpatterns = [
    path("reports/<slug:slug>/submit/", signing.report_submit, name="report_submit"),
    path("reports/<slug:slug>/take-back/", signing.report_take_back, name="report_take_back"),
    path("reports/<slug:slug>/return/", signing.report_return, name="report_return"),
    path("reports/<slug:slug>/sign/", signing.report_sign, name="report_sign"),
    path("reports/<slug:slug>/draft-anew/", signing.report_draft_anew, name="report_draft_anew"),
    path(VERSION, versions.report_version, name="report_version"),
    path(f"{VERSION}page/", versions.report_version_page, name="report_version_page"),
    path(f"{VERSION}report.<str:form>", versions.report_version_file, name="report_version_file"),
    path(f"{VERSION}difference/", versions.report_difference, name="report_difference"),
    path("verify/", verify.verify, name="verify"),
]
