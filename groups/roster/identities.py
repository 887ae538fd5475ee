"""The 身份证号 of a roster's rows against those that are known."""

from congress.privacy import masked_identity
from congress.sealing import fingerprints
from delegates.identity import disagreements
from delegates.models import Delegate

from .reading import Note, RosterRow


class Identities:
    def __init__(self):
        self._owners: dict[str, Delegate] = {}

    def add(self, person: Delegate) -> None:
        if person.identity_index:
            self._owners[person.identity_index] = person

    def owner_of(self, row: RosterRow) -> Delegate | None:
        """Who has the row's number already."""
        number = row["身份证号"]
        if not number or not self._owners:
            return None
        return next(filter(None, map(self._owners.get, fingerprints(number))), None)

    def tell_apart(self, person: Delegate, row: RosterRow) -> bool:
        """Whether both have a number, and not the same: two people with one name."""
        return bool(person.identity_index and row["身份证号"]) and self.owner_of(row) != person

    def completed(self, person: Delegate, row: RosterRow) -> list[Note]:
        """What the row adds to a person found otherwise; refuses what contradicts."""
        owner = self.owner_of(row)
        if owner and owner != person:
            row.refuse("身份证号", f"与{owner}已登记的相同，请核对。")
        elif self.tell_apart(person, row):
            row.refuse("身份证号", "与已登记的不同，请核对；要改请在代表页面修改。")
        elif row["身份证号"] and not owner:
            return [Note("身份证号", "", masked_identity(row["身份证号"]))]
        return []


def check_identity_of(row: RosterRow) -> None:
    """Birth month and sex are those that the number tells."""
    if row["身份证号"]:
        wrong = disagreements(row["身份证号"], row["出生年月"], row["性别"])
        for heading, name in (("出生年月", "birth_month"), ("性别", "sex")):
            if name in wrong:
                row.refuse(heading, wrong[name])
