"""A small township for generated lives of items: who acts, on what, with which values."""

import datetime
import functools
from dataclasses import dataclass, field
from random import Random

from congress.models import User
from congress.roles import Role
from groups.models import Post
from tests import factory
from voters.lifecycle import STEPS
from voters.models import FeedbackItem, HandlingUnit

#: Where the items of each group begin, so that short lives reach the end too.
_BEGINNINGS = {1: ("registered", "signed", "closed"), 2: ("registered", "replied")}
_ROLES = (Role.SECRETARY, Role.CHAIR, Role.DELEGATE, Role.AUDITOR, Role.ADMINISTRATOR)


@dataclass
class World:
    users: dict[str, User]
    units: list[HandlingUnit]
    proposer: object
    #: By key of the user: the ordinal of the group led, the key of the unit.
    leads: dict[int, int] = field(default_factory=dict)
    serves: dict[int, int] = field(default_factory=dict)

    @classmethod
    def make(cls) -> "World":
        """Two groups that received voters on 15 August, three units with an account each."""
        factory.make_township()
        users = {role: factory.make_user(role, role) for role in (Role.OFFICE, *_ROLES)}
        world = cls(users, [], factory.make_mandate())
        for ordinal in (1, 2):
            group = factory.make_group(ordinal)
            user = users[f"leader{ordinal}"] = factory.make_user(f"leader{ordinal}", Role.LEADER)
            person = factory.make_mandate(factory.make_delegate(account=user))
            factory.make_membership(group, person, post=Post.LEADER)
            world.leads[user.pk] = ordinal
            day = factory.make_reception_day("2020-08-15", group)
            for state in _BEGINNINGS[ordinal]:
                factory.make_item(factory.make_visit(day), state)
        for name in ("镇交通管理站", "镇水利站", "镇民政所"):
            unit = factory.make_unit(name)
            user = users[name] = factory.make_user(name, Role.UNIT)
            unit.accounts.add(user)
            world.units.append(unit)
            world.serves[user.pk] = unit.pk
        return world

    def values(self, step: str, chance: Random, today: datetime.date) -> dict:
        """What the step might be given: mostly plausible, else anything."""
        is_wild = chance.random() < 0.25

        def one_of(good, bad=()):
            return chance.choice(bad if bad and is_wild and chance.random() < 0.4 else good)

        def on(good, bad):
            days = one_of(good, bad)
            return None if days is None else today + datetime.timedelta(days=days)

        done = functools.partial(on, [0, 0, 0, 0, -1], [-4, -30, 1, None])
        term = functools.partial(on, [60, 70, 80], [-1, 5, 300, None])
        lead = one_of(self.units)
        offered = {
            "lead_unit": lambda: one_of([lead], [None]),
            "co_units": lambda: one_of([[u for u in self.units if u != lead], []], [self.units]),
            "responsible": lambda: one_of(["", "田家明"]),
            "urgency": lambda: one_of(["usual", "urgent"], ["nothing"]),
            "is_wide": lambda: one_of([False, False, True]),
            "due_on": term,
            "signed_on": done,
            "signed_by": lambda: one_of(["", "田家明"]),
            "replied_on": done,
            "outcome": lambda: one_of("AAABD", "XC"),
            "reply": lambda: one_of(["已经修好。", "明年修。"], [""]),
            "group_told_on": done,
            "group_told_how": lambda: one_of(["phone", ""]),
            "group_teller": lambda: "",
            "group_untold_reason": lambda: one_of([""], ["小组已换届"]),
            "voter_told_on": done,
            "told_by": lambda: one_of(["phone", "in_person"], [""]),
            "voter_teller": lambda: one_of(["", "田家明"]),
            "voter_untold_reason": lambda: one_of([""], ["匿名反映"]),
            "process_satisfaction": lambda: one_of(["满意", "满意", "基本满意"], ["不满意", ""]),
            "result_satisfaction": lambda: one_of(["满意", "满意", "基本满意"], ["不满意", ""]),
            "dissatisfaction": lambda: one_of(["又坏了。"], [""]),
            "extended_to": term,
            "asked_until": term,
            "return_kind": lambda: one_of(["other"], ["not_ours", ""]),
            "right_unit": lambda: one_of([None], self.units),
            "escalated_to": lambda: one_of(["县水务局"], [""]),
            "follows": lambda: one_of(list(FeedbackItem.objects.order_by("pk"))),
        }
        asks, needs = STEPS[step].asks, STEPS[step].needs
        values = {n: offered[n]() for n in asks if n in needs or chance.random() < 0.8}
        if step == "inform" and chance.random() < 0.2:
            values |= {"voter_told_on": None, "voter_untold_reason": "匿名反映"}
        if step == "reopen":
            values |= {"result_satisfaction": one_of(["不满意"], ["满意", ""])}
        if step == "reply" and (values["outcome"] in "BC" or is_wild):
            values |= {"commitment": "明年修好", "promised_on": on([100, 200], [-100, None])}
        if step == "suggest":
            values["proposers"] = one_of([[self.proposer]], [[]])
        return values | {"note": one_of(["说明"], [" "])}

    def takes(self, user: User, step: str, item: dict, shared: set[tuple[int, int]]) -> bool:
        """Whether the table gives the step to the user; ``shared``: (item, co-unit)."""
        unit = self.serves.get(user.pk)
        parts = {
            "OFFICE": user.role in ("office", "secretary"),
            "CHAIR": user.role == "chair",
            "LEADER": item["group"] is not None and self.leads.get(user.pk) == item["group"],
            "LEAD_UNIT": unit is not None and item["lead_unit_id"] == unit,
            "CO_UNIT": (item["id"], unit) in shared,
            "SYSTEM": False,
        }
        return any(parts[actor.name] for actor in STEPS[step].who)


def naive_deadline(item: dict) -> datetime.date | None:
    """Extension or due day; none while a unit that was in time has returned it."""
    deadline = item["extended_to"] or item["due_on"]
    if item["state"] == "returned" and item["returned_on"] <= deadline:
        return None
    return deadline


def naive_clock(item: dict, today: datetime.date) -> str:
    deadline = naive_deadline(item)
    if deadline is None or item["state"] == "rejected":
        return ""
    is_owed = item["replied_on"] is None or item["replied_on"] > today
    if deadline < today:
        return "overdue" if is_owed or item["state"] == "reopened" else ""
    waits = ("assigned", "signed", "handling", "escalated", "merged", "suggested", "reopened")
    return "due-soon" if item["state"] in waits and (deadline - today).days <= 7 else ""
