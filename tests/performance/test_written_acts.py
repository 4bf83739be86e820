"""What the script says that somebody does, at beats without words and in the lines of others; and how they stress."""

import numpy as np
from hand_takes import layout, take, timing

from duocast.compiler.operations.animate import Actor, AnimateParams, Gesture
from duocast.runtime.performance.performer import perform
from duocast.runtime.performance.view import shot_view
from measure.lipsync import field

FPS = 24
TAKE = take()
STAGE = layout(("MAYA", 400, 25.0), ("LEO", 880, -25.0))


def acted(*, beats=(), **leo):
    shot = timing([("L1", "MAYA", 3.0, TAKE)], round(FPS * (4 + TAKE.seconds)), FPS)
    shot = shot.replace(beats=((0.0, 1.5), (1.5, 3.0), *beats))
    actors = (Actor(role="MAYA", addresses=(("L1", "LEO"),)), Actor(role="LEO", **leo))
    return perform(shot_view(shot, STAGE, {"L1": TAKE}, AnimateParams(actors=actors)))


def test_a_smile_comes_at_its_beat():
    smiling = field(acted(gestures=(Gesture(kind="smile", beat=1),)), "smile")[:, 1]
    plain = field(acted(), "smile")[:, 1]
    risen = smiling - plain
    peak = int(np.argmax(risen)) / FPS
    assert risen.max() > 0.2
    assert 1.6 < peak < 4.5
    assert abs(risen[:FPS].max()) < 0.05


def test_a_listener_acts_at_a_word_of_somebody_elses_line():
    gesture = Gesture(kind="frown", line="L1", word=4)
    risen = field(acted(gestures=(gesture,)), "frown")[:, 1] - field(acted(), "frown")[:, 1]
    at = 3.0 + TAKE.words[4].start
    assert risen[: int((at - 0.3) * FPS)].max() < 0.05
    assert risen.max() > 0.2


def test_who_stresses_more_moves_the_face_more():
    def brows(emphasis):
        shot = timing([("L1", "MAYA", 0.5, TAKE)], round(FPS * (1.5 + TAKE.seconds)), FPS)
        actor = Actor(role="MAYA", addresses=(("L1", "LEO"),), emphasis=emphasis)
        made = perform(
            shot_view(shot, STAGE, {"L1": TAKE}, AnimateParams(actors=(actor, Actor(role="LEO"))))
        )
        return np.abs(np.diff(field(made, "pitch")[:, 0])).sum()

    assert brows(1.6) > 1.05 * brows(0.3)
