"""Memory: what is remembered is what would be found out now, and only what is new is asked for."""

import random

from duocast.compiler.memory import Forgetful, Remembering


class Thing:
    """Something that is only the same as itself."""

    def __init__(self, begins):
        self.begins = begins


def changed(row, dice):
    """A row after some things were taken out and others put in at one place."""
    at = dice.randint(0, len(row))
    new = tuple(Thing(dice.random() < 0.3) for _ in range(dice.randint(0, 3)))
    return row[:at] + new + row[at + dice.randint(0, 3) :]


def test_runs_and_answers_are_those_of_no_memory():
    dice, memory, plain, row = random.Random(1), Remembering(), Forgetful(), ()
    for _ in range(500):
        cut = memory.runs("runs", row, lambda thing: thing.begins, tuple)
        assert cut == plain.runs("runs", row, lambda thing: thing.begins, tuple)
        assert memory.each("each", row, id) == plain.each("each", row, id)
        row = changed(row, dice)


def test_only_what_is_new_is_asked_of():
    asked, memory = [], Remembering()
    first, second, third = Thing(False), Thing(False), Thing(False)

    def ask(thing):
        asked.append(thing)
        return len(asked)

    memory.each("each", (first, third), ask)
    assert memory.each("each", (first, second, third), ask) == (1, 3, 2)
    assert asked == [first, third, second]
    assert memory.each("each", (first,), ask, given=("other words",)) == (4,)


def test_a_fleeting_answer_is_asked_for_again():
    asked, memory = [], Remembering()
    thing = Thing(False)
    for _ in range(2):
        memory.each("each", (thing,), asked.append, fleeting=lambda _: True)
        memory.once("once", (thing,), lambda: asked.append(None), lambda _: True)
    assert len(asked) == 4
