"""Decisions and pages beyond lists and forms."""

from .mandates import crumbs_of, mandate_or_404

__all__ = ["crumbs_of", "mandate_or_404"]
