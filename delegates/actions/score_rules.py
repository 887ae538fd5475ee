"""Rules of the score come into force for a year, and are taken back before it begins."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from congress.models import User
from congress.periods import now, today
from congress.roles import runs_the_year
from delegates.models import ScoreRules


@transaction.atomic
def adopt_score_rules(*, by: User, rules: ScoreRules) -> ScoreRules:
    """启用: never for a year that other rules govern already, or that is over.

    From then on what the year comes to stays as it is: other rules need a later year.
    """
    rules = _locked(by, rules)
    if rules.is_adopted:
        raise ValidationError("这份积分办法已经启用。")
    year = today().year
    adopted = ScoreRules.objects.filter(adopted_at__isnull=False)
    governing = adopted.filter(from_year__lte=year).order_by("-from_year").first()
    if rules.from_year < year:
        raise ValidationError(
            f"{rules.from_year}年已经过去，过去年度的积分不再改变。请把起始年份改为{year}年或以后。"
        )
    if rules.from_year == year and governing:
        raise ValidationError(
            f"{year}年已有按{governing}计的积分，不能改动。请把起始年份改为{year + 1}年或以后。"
        )
    rules.adopted_at, rules.adopted_by = now(), by
    return _saved(rules)


@transaction.atomic
def take_back_score_rules(*, by: User, rules: ScoreRules) -> ScoreRules:
    """改回草案: only while their first year has not begun."""
    rules = _locked(by, rules)
    if not rules.is_adopted:
        raise ValidationError("这份积分办法还是草案，可以直接修改。")
    if rules.has_begun:
        raise ValidationError(
            f"{rules.from_year}年已经开始，这份办法不能再改。"
            f"要换办法，请自{today().year + 1}年或以后另立一份。"
        )
    rules.adopted_at = rules.adopted_by = None
    return _saved(rules)


def _locked(by: User, rules: ScoreRules) -> ScoreRules:
    if not runs_the_year(by):
        raise PermissionDenied
    return ScoreRules.objects.select_for_update(of=("self",)).get(pk=rules.pk)


def _saved(rules: ScoreRules) -> ScoreRules:
    rules.version += 1
    rules.full_clean()
    rules.save()
    return rules
