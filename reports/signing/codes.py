"""查验码: the short code on a signed paper, and the way from it to the page that verifies."""

import re
import secrets
import unicodedata
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from congress.qr_code import qr_code
from reports.models import ReportVersion

#: Digits and letters that nobody takes for another: neither 0 and O, 1, I and L, 8 and B, 5 and S,
#: 2 and Z, nor U and V.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
LENGTH = 8


@dataclass(frozen=True)
class Verification:
    """What the foot of a signed paper says: the code, and where to verify it if that is known."""

    code: str
    address: str

    @property
    def scanned(self) -> str:
        """What a telephone reads there: the page with the code filled in, else the code."""
        return f"{self.address}?code={self.code}" if self.address else self.code

    @property
    def svg(self) -> SafeString:
        return qr_code(self.scanned)


def new_code() -> str:
    """One that no version has."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if not ReportVersion.objects.filter(code=code).exists():
            return code


def shown(code: str) -> str:
    """In two groups, as it is read aloud."""
    return f"{code[:4]}-{code[4:]}"


def as_typed(text: str) -> str:
    """The code somebody typed, be it in small letters, full width or with blanks."""
    return re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", text).upper())


def verification(code: str, site: str) -> Verification:
    """``site`` is the office's public address without a path, empty where it is not set."""
    return Verification(shown(code), f"{site}{reverse('verify')}" if site else "")
