"""What is shown only in part."""


def masked(phone: str) -> str:
    """A telephone number with its middle hidden: 138****1234."""
    if len(phone) < 8:
        return f"{phone[:1]}****" if phone else ""
    return f"{phone[:3]}****{phone[-4:]}"
