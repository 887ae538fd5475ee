"""What is done to documents: registered, corrected, made void, restored, deleted.

Own numbers run without gaps or doubles within 机关代字〔year〕. A gap that a ledger brought is
tolerated and shown, but nobody makes a new one: a number is used, or entered as void with its
reason, before the next is taken.
"""

import datetime
from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from congress.attachments import WrittenFile, refuse_twice, rows_of
from congress.models import Document, DocumentFile, DocumentMatter, RunningNumber, User
from congress.periods import today
from congress.roles import require_keeper

from .numbers import DocumentNumber, number_in, parsed, series_and_serial

#: The row whose lock makes people take numbers one after the other.
LOCK = "文号"
MANY = 3
EMPTY_NUMBER = "（空号）"
WRONG_NUMBER = "文号应写成“机关代字〔年份〕顺序号”，如：XX镇人〔2020〕1号。"


def last_serial(series: str) -> int:
    """The highest number used in the series, also by a void document; 0 for a new series."""
    return Document.objects.in_series(series).aggregate(last=Max("serial"))["last"] or 0


@transaction.atomic
def save_document(
    *,
    by: User,
    document: Document,
    matters: Iterable[str] = (),
    take_from: str = "",
    files: Collection[WrittenFile] = (),
) -> Document:
    """Save a new or changed document with what it rules, and the files that came with it.

    ``take_from`` is the own series whose next number it gets; else its own number is checked.
    Raises ``ValidationError``.
    """
    require_keeper(by)
    _lock()
    before = Document.objects.get(pk=document.pk) if document.pk else None
    if take_from and before is None:
        document.number = number_in(take_from, last_serial(take_from) + 1)
    _check_number(document, before)
    _check_replacement(document)
    document.series, document.serial = series_and_serial(document.number)
    document.validate_constraints()
    if before is None:
        document.position = document.position or _next_position()
    document.save()
    _keep_matters(document, set(matters))
    refuse_twice(document.files.all(), files, "一份文件")
    rows_of(DocumentFile, document, files, by)
    return document


@transaction.atomic
def make_void(*, by: User, document: Document, reason: str, day: datetime.date) -> None:
    """Its number stays used; lists and the report leave it out. Raises ``ValidationError``."""
    require_keeper(by)
    if document.is_void:
        raise ValidationError("这份文件已经作废。")
    document.void_on, document.void_reason = day, reason
    document.validate_constraints()
    document.save(update_fields=["void_on", "void_reason"])


@transaction.atomic
def restore(*, by: User, document: Document) -> None:
    """Takes 作废 back. Raises ``ValidationError``."""
    require_keeper(by)
    if not document.is_void:
        raise ValidationError("这份文件没有作废。")
    if document.title == EMPTY_NUMBER:
        raise ValidationError("空号没有文件可恢复；这个文号要使用的，请先删去空号再登记文件。")
    document.void_on, document.void_reason = None, ""
    document.save(update_fields=["void_on", "void_reason"])


@transaction.atomic
def enter_void_number(
    *, by: User, number: str, issuer: str, reason: str, day: datetime.date
) -> Document:
    """A number under which nothing was issued, kept as used. Raises ``ValidationError``."""
    return save_document(
        by=by,
        document=Document(
            title=EMPTY_NUMBER,
            issuer=issuer,
            number=number,
            date=day,
            level=Document.Level.OWN,
            void_on=day,
            void_reason=reason,
        ),
    )


def may_be_deleted(document: Document) -> bool:
    """Own documents keep their number; only the last of a series gives it back."""
    if not document.is_own:
        return True
    return document.is_in_series and document.serial == last_serial(document.series)


@transaction.atomic
def delete_document(*, by: User, document: Document) -> None:
    """Raises ``ValidationError``."""
    require_keeper(by)
    _lock()
    if not may_be_deleted(document):
        raise ValidationError("本级文件的文号已经使用，不能删除。不再使用的，请作废。")
    document.delete()


def _lock() -> None:
    RunningNumber.objects.get_or_create(series=LOCK)
    RunningNumber.objects.select_for_update().get(series=LOCK)


def _check_number(document: Document, before: Document | None) -> None:
    number = parsed(document.number)
    if before and before.is_in_series:
        moves = not document.is_own or document.number != before.number
        if moves and before.serial != last_serial(before.series):
            raise ValidationError(
                {
                    "number": f"{before.number}之后已有文号，改动会使它空缺。"
                    "请保留原文号；文件不再使用的，请作废后另行登记。"
                }
            )
    if not document.is_own or (before and before.is_own and before.number == document.number):
        return
    if number is None:
        if "〔" in document.number:
            raise ValidationError({"number": WRONG_NUMBER})
        return
    if number.year != document.date.year:
        raise ValidationError(
            {"number": f"文号的年份是{number.year}年，发文日期是{document.date.year}年，请核对。"}
        )
    others = Document.objects.in_series(number.series).exclude(pk=document.pk)
    if others.filter(serial=number.serial).exists():
        following = number_in(number.series, last_serial(number.series) + 1)
        raise ValidationError({"number": f"{number}已经使用，下一个文号是{following}。"})
    _refuse_gap(number, others.aggregate(last=Max("serial"))["last"] or 0)


def _refuse_gap(number: DocumentNumber, last: int) -> None:
    missing = range(last + 1, number.serial)
    if not missing:
        return
    first = "、".join(number_in(number.series, serial) for serial in missing[:MANY])
    more = f"等{len(missing)}个文号" if len(missing) > MANY else ""
    raise ValidationError(
        {
            "number": f"还没有登记{first}{more}，不能跳号。"
            "请先登记前面的文件；没有发文的，在“文号登记”中记为作废。"
        }
    )


def _check_replacement(document: Document) -> None:
    other, seen = document.replaced_by, set()
    if other and other.date < document.date:
        raise ValidationError({"replaced_by": "代替它的文件，发文日期不能比它早。"})
    while other and other.pk not in seen:
        if other.pk == document.pk:
            raise ValidationError({"replaced_by": "文件不能由自己代替，也不能互相代替。"})
        seen.add(other.pk)
        other = other.replaced_by


def _next_position() -> int:
    return (Document.objects.aggregate(last=Max("position"))["last"] or 0) + 1


def _keep_matters(document: Document, wanted: set[str]) -> None:
    document.matters.exclude(matter__in=wanted).delete()
    kept = set(document.matters.values_list("matter", flat=True))
    DocumentMatter.objects.bulk_create(
        DocumentMatter(document=document, matter=matter)
        for matter in DocumentMatter.Matter.values
        if matter in wanted - kept
    )


def series_of_this_year() -> list[tuple[str, int]]:
    """(own series of this year, its next number): those begun, and last years' anew."""
    year = today().year
    known = (
        Document.objects.filter(level=Document.Level.OWN, serial__isnull=False)
        .filter(date__year__gte=year - 3, date__year__lte=year)
        .exclude(series="")
        .values_list("series", flat=True)
        .order_by("series")
        .distinct()
    )
    offices = sorted({series.partition("〔")[0] for series in known})
    last = dict(
        Document.objects.filter(
            level=Document.Level.OWN, series__in=[f"{office}〔{year}〕" for office in offices]
        )
        .order_by()
        .values("series")
        .annotate(last=Max("serial"))
        .values_list("series", "last")
    )
    series = [f"{office}〔{year}〕" for office in offices]
    return [(each, last.get(each, 0) + 1) for each in series]
