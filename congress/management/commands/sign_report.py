"""Sign an annual report in the name of the chair, by the rules of its page."""

from django.conf import settings
from django.core.exceptions import ValidationError

from congress.editing import EditedMeanwhile
from congress.management.report_command import ReportCommand
from congress.models import User
from congress.pdf import PdfUnavailableError
from congress.roles import signs_reports
from reports.checks import accepted_for, warnings
from reports.models import AnnualReport, ReportVersion
from reports.rendering import document_of
from reports.signing.actions import prepare, sign, submit
from reports.signing.codes import shown
from reports.signing.freezing import freeze


class Command(ReportCommand):
    help = "签发年度工作报告"
    usage = "年度 --as 账号 [--accept-warnings 理由]"

    def add_arguments(self, parser):
        parser.add_argument("year", help="报告年度，如2020")
        parser.add_argument("--as", dest="username", required=True, help="以哪个账号签发")
        parser.add_argument(
            "--accept-warnings", default="", metavar="REASON", help="有提醒仍要签发的理由"
        )

    def handle(self, *, year, username, accept_warnings, **options):
        report = self.report_of(year)
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise SystemExit(f"没有账号“{username}”，或者已经停用。")
        if not signs_reports(user):
            raise SystemExit(f"“{username}”是{user.get_role_display()}，不能签发；须用主席的账号。")
        try:
            version = signed(user, report, accept_warnings)
        except ValidationError as error:
            raise SystemExit("".join(error.messages)) from None
        except EditedMeanwhile:
            raise SystemExit("签发时记录刚有变动，没有签发，请再试一次。") from None
        except PdfUnavailableError as error:
            raise SystemExit(str(error)) from None
        self.stdout.write(f"已签发{version}，查验码{shown(version.code)}。")
        for name, digest in (("PDF", version.pdf_sha256), ("Word", version.docx_sha256)):
            self.stdout.write(f"{name} SHA-256：{digest}")


def signed(user: User, report: AnnualReport, reason: str) -> ReportVersion:
    """A draft is submitted first, in the same name."""
    found = warnings(report)
    if found and not reason.strip() and report.state != AnnualReport.State.SIGNED:
        told = "".join(finding.sentence for finding in found)
        raise SystemExit(f"有{len(found)}项提醒，用 --accept-warnings 写明理由后才能签发：{told}")
    if report.state == AnnualReport.State.DRAFT:
        report = submit(user=user, report=report)
    prepared = prepare(
        user=user,
        report=report,
        seen=freeze(report, document_of(report)).fingerprint,
        accepted=accepted_for(found, reason.strip()),
        site=settings.SITE_ADDRESS.rstrip("/"),
    )
    return sign(user=user, prepared=prepared)
