"""Generated lives of items: all roles take all steps, plausible or not, as the days go by.

What the code must keep is worked out anew here, in plain Python, from the stored rows.
"""

import datetime
from random import Random

import pytest
from django.conf import settings as project
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from congress.editing import EditedMeanwhile
from tests.factory import day
from tests.voters.item_world import World, naive_clock, naive_deadline
from voters.actions import take_step, take_step_for_all
from voters.lifecycle import STEPS
from voters.models import Commitment, EarlierAnswer, FeedbackItem, FeedbackStep
from voters.states import State

REFUSALS = (ValidationError, PermissionDenied, EditedMeanwhile)
FOLLOWING = ("merged", "suggested")
UNANSWERED = ("registered", "assigned", "signed", "handling", "returned", "escalated", *FOLLOWING)
luck = st.integers(0, 2**32)


class Lives(RuleBasedStateMachine):
    world: World
    #: States that were reached, over all runs: not everything may be refused.
    reached: set[str] = set()

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        project.TODAY = day("2020-08-20")
        self.stale = {item.pk: item for item in FeedbackItem.objects.order_by("pk")}
        self.moves = 0
        self.read()

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def chance(self, luck):
        """Hypothesis likes small numbers; no two moves of a run shall be alike for that.

        The days go by meanwhile.
        """
        self.moves += 1
        chance = Random(f"{self.run} {luck} {self.moves}")
        if chance.random() < 0.2:
            project.TODAY += datetime.timedelta(days=chance.choice([1, 1, 3, 8, 40]))
        return chance

    def read(self):
        """Everything that a step may change."""
        columns = [each.attname for each in FeedbackItem._meta.concrete_fields]
        rows = FeedbackItem.objects.order_by("pk").values(
            *columns, "visit__day__group__ordinal", "visit__day__date"
        )
        self.items = {row["id"]: row for row in rows}
        for row in self.items.values():
            row["group"] = row.pop("visit__day__group__ordinal")
            row["raised"] = row.pop("visit__day__date") or row["registered_on"]
        self.trail = list(
            FeedbackStep.objects.order_by("pk").values_list(
                "pk", "item", "kind", "from_state", "to_state", "user", "note"
            )
        )
        links = FeedbackItem.co_units.through.objects.order_by("pk")
        self.shared = set(links.values_list("feedbackitem", "handlingunit"))
        self.beside = [
            list(model.objects.order_by("pk").values()) for model in (Commitment, EarlierAnswer)
        ]

    def everything(self):
        return self.items, self.trail, self.shared, self.beside

    def fits(self, step, row):
        """Whether the table knows the step from the item's state, for such an item."""
        filled, empty = step.if_filled, step.if_empty
        return (
            row["state"] in step.leads
            and row["route"] in step.routes
            and (not filled or row[filled] is not None)
            and (not empty or row[empty] is None)
            and (step.of_suggestions or row["source"] != "delegate")
        )

    def choose(self, chance, keys, in_bulk=False):
        """A step, mostly one that fits, and a user, mostly one who takes it."""
        row, steps = self.items[keys[0]], list(STEPS.values())
        fitting = [
            step
            for step in steps
            if self.fits(step, row)
            and (step.in_bulk or not in_bulk)
            and not step.name.startswith("follow")
        ]
        moving = [step for step in fitting if step.leads[row["state"]] != row["state"]]
        step = chance.choice(chance.choice([moving, moving, fitting, steps]) or steps)
        users = list(self.world.users.values())
        takers = [user for user in users if self.world.takes(user, step.name, row, self.shared)]
        return step, chance.choice(takers if takers and chance.random() < 0.9 else users)

    def attempt(self, keys, step, user, may_be_taken, act):
        """Try it; judge what was refused and what became of what was not."""
        allowed = may_be_taken and all(
            self.fits(step, self.items[key])
            and self.world.takes(user, step.name, self.items[key], self.shared)
            for key in keys
        )
        before = self.everything()
        items, trail = before[:2]
        try:
            act()
        except REFUSALS:
            self.read()
            assert self.everything() == before
            return
        assert allowed, f"{user} took {step.name} of {[items[key]['state'] for key in keys]}"
        self.read()
        self.reached |= {row["state"] for row in self.items.values()}
        assert self.trail[: len(trail)] == trail
        self.judge_trail(items, self.trail[len(trail) :], keys, step, user)

    def judge_trail(self, before, entries, keys, step, user):
        """One entry for each item that moved, from where it was to where it is, by this user."""
        by_item = {entry[1]: entry for entry in entries}
        assert len(by_item) == len(entries)
        for key, row in self.items.items():
            old = before.get(key)
            entry = by_item.get(key)
            if old is None:
                assert entry[2:5] == ("register", "", "registered")
            elif entry is None:
                assert row == old
                assert key not in keys
            else:
                assert entry[3:6] == (old["state"], row["state"], user.pk)
                assert row["version"] > old["version"]
                taken = STEPS[entry[2]]
                assert row["state"] in (taken.leads[old["state"]], old["state"])
                assert (taken is step) if key in keys else old["state"] in (*FOLLOWING, "replied")

    @initialize(luck=luck)
    def begin(self, luck):
        self.run = luck

    @rule(luck=luck)
    def somebody_does_something(self, luck):
        chance = self.chance(luck)
        if chance.random() < 0.2:
            self.many(chance)
        else:
            self.one(chance)

    def one(self, chance):
        key = chance.choice(list(self.items))
        step, user = self.choose(chance, [key])
        item = FeedbackItem.objects.get(pk=key)
        if chance.random() < 0.05:
            item = self.stale.get(key, item)
        is_current = item.version == self.items[key]["version"]
        values = self.world.values(step.name, chance, project.TODAY)
        self.attempt(
            [key],
            step,
            user,
            is_current,
            lambda: take_step(user=user, item=item, step=step.name, **values),
        )

    def many(self, chance):
        keys = chance.sample(list(self.items), 3)
        if chance.random() < 0.8:
            state = self.items[keys[0]]["state"]
            keys = [key for key in keys if self.items[key]["state"] == state]
        step, user = self.choose(chance, keys, in_bulk=True)
        items = FeedbackItem.objects.filter(pk__in=keys)
        values = self.world.values(step.name, chance, project.TODAY)
        self.attempt(
            keys,
            step,
            user,
            step.in_bulk,
            lambda: take_step_for_all(user=user, items=items, step=step.name, **values),
        )

    @invariant()
    def each_trail_is_unbroken(self):
        reached = {}
        for _, item, _, from_state, to_state, _, _ in self.trail:
            assert from_state == reached.get(item, from_state)
            reached[item] = to_state
        assert all(self.items[item]["state"] == state for item, state in reached.items())

    @invariant()
    def closed_is_told_or_reasoned(self):
        for row in self.items.values():
            if row["state"] in ("told", "closed"):
                assert bool(row["group_told_on"]) != bool(row["group_untold_reason"])
                assert bool(row["voter_told_on"]) != bool(row["voter_untold_reason"])

    @invariant()
    def followers_share_the_clock_of_their_main_item(self):
        for row in self.items.values():
            if row["state"] in FOLLOWING:
                main = self.items[row["follows_id"]]
                assert main["state"] in UNANSWERED
                assert main["state"] not in FOLLOWING
                deadline = naive_deadline(main)
                assert naive_deadline(row) == (deadline and max(deadline, row["raised"]))

    @invariant()
    def clocks_agree_with_a_recount(self):
        today, items = project.TODAY, FeedbackItem.objects
        rows = self.items.values()
        clocks = {row["id"]: naive_clock(row, today) for row in rows}
        counted = items.with_clock(today).values_list("pk", "deadline", "clock")
        assert set(counted) == {(row["id"], naive_deadline(row), clocks[row["id"]]) for row in rows}
        assert keys_of(items.overdue(today)) == {pk for pk in clocks if clocks[pk] == "overdue"}
        assert keys_of(items.due_soon(today)) == {pk for pk in clocks if clocks[pk] == "due-soon"}
        assert keys_of(items.past_due(today)) == {
            row["id"]
            for row in rows
            if row["state"] != "rejected" and (naive_deadline(row) or today) < today
        }
        assert list(items.to_triage().values_list("pk", flat=True)) == [
            row["id"]
            for row in sorted(rows, key=lambda row: (row["registered_on"], row["id"]))
            if row["state"] in ("registered", "returned")
        ]


def keys_of(rows):
    return set(rows.values_list("pk", flat=True))


@pytest.mark.django_db
def test_no_illegal_move_no_lost_trail_no_wrong_clock():
    Lives.world, Lives.reached = World.make(), set()

    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=30,
            stateful_step_count=15,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert Lives.reached == set(State)
