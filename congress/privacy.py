"""What is shown only in part."""

import re


def masked(phone: str) -> str:
    """A telephone number with its middle hidden: 138****1234."""
    if len(phone) < 8:
        return f"{phone[:1]}****" if phone else ""
    return f"{phone[:3]}****{phone[-4:]}"


_PHONE = re.compile(r"(?<![0-9])(?:1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8})(?![0-9])")


def without_phones(text: str) -> str:
    """The text with every telephone number in it masked."""
    return _PHONE.sub(lambda found: masked(found[0]), text)
