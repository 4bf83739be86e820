"""Titles: at their time, inside the margins, readable over white, at every size of frame."""

import cv2
import numpy as np
import pytest
from studio import FILM

from duocast.compiler.operations.delivery import Caption
from duocast.compiler.operations.encode import Overlay
from duocast.compiler.operations.speak import TakeTimes, WordTime
from duocast.compiler.operations.time import ShotTiming, SpokenSpan
from duocast.runtime.delivery.captions.burn import caption_reel
from duocast.runtime.delivery.colour import black, planes, rgb
from duocast.runtime.delivery.fonts import NAME, TITLE_LIGHT, missing_glyphs
from duocast.runtime.delivery.lettering import Style, letter, measure, wrap
from duocast.runtime.delivery.sprite import Pose, lay, sprite
from duocast.runtime.delivery.titles import Shown, reel, scheduled
from duocast.runtime.delivery.titles.end_card import parsed

SHOT = ShotTiming(
    rate=FILM,
    frames=120,
    spoken=(SpokenSpan(line="L1", role="mara", at=1.0, offset=0.5, seconds=2.0),),
    marks=(("now", 2.5),),
)
WORDS = TakeTimes(
    seconds=2.5,
    words=tuple(
        WordTime(text=t, start=s, end=s + 0.4) for t, s in (("so", 0.1), ("it", 0.8), ("is", 1.4))
    ),
    phones=(),
)
KINDS = (
    Overlay(kind="title", text="The Letter", second="a film by Ada Byron"),
    Overlay(kind="subtitle", text="Three days later", second="Lisbon"),
    Overlay(kind="card", text="It had been eleven years on its way.", second="From the diary"),
    Overlay(kind="lower third", text="Dr. Amélie Laurent", second="Marine biologist"),
    Overlay(kind="lower third", text="Jonas", second="Guest", place="top right"),
    Overlay(
        kind="end card", text="The Letter\nWritten by: Ada\nMusic: duocast", second="Made with AI."
    ),
    Overlay(kind="disclosure", text="Made with AI by duocast"),
    Overlay(kind="disclosure", text="Made with AI", place="bottom left"),
)
SIZES = ((640, 360), (360, 640), (720, 300))


def shown_at(overlay, **times):
    (shown,) = scheduled((overlay.replace(**times),), SHOT, {"L1": WORDS})
    return shown


@pytest.mark.parametrize(
    ("times", "start", "end"),
    [
        ({}, 0.0, 5.0),
        ({"start": 1.0, "end": 3.0}, 1.0, 3.0),
        ({"line": "L1"}, 1.0, 5.0),
        ({"line": "L1", "word": 2, "end": 2.0}, 1.9, 3.9),
        ({"line": "L1", "word": 0, "start": 0.2}, 1.2, 5.0),
        ({"line": "gone", "start": 0.5}, 0.5, 5.0),
        ({"mark": "now", "start": 0.25, "end": 1.5}, 2.75, 4.0),
        ({"start": 99.0}, 4.0, 5.0),
        ({"start": 1.0, "end": 1.1}, 1.0, 2.0),
    ],
)
def test_overlays_stand_when_they_should(times, start, end):
    shown = shown_at(KINDS[0], **times)
    assert (shown.start, shown.end) == pytest.approx((start, end))


def drawn(overlay, ground, index=60):
    """The frame with the overlay on it, RGB."""
    height, width = ground.shape[:2]
    frame = planes(ground)
    reel((shown_at(overlay),), FILM, width, height).draw(frame, index)
    return rgb(frame)


def luminance(picture):
    linear = np.where(picture <= 10, picture / 3294.6, ((picture / 255 + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize("overlay", KINDS, ids=lambda o: f"{o.kind} {o.place}")
def test_words_are_readable_over_white(overlay):
    white = np.full((540, 960, 3), 255, np.uint8)
    frame = drawn(overlay, white)
    on_black = drawn(overlay, np.zeros_like(white))
    letters = luminance(on_black) > 0.55
    assert letters.sum() > 200
    near = cv2.dilate(letters.astype(np.uint8), np.ones((9, 9), np.uint8)).astype(bool)
    edge = cv2.dilate(letters.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
    ink, behind = luminance(frame)[letters], luminance(frame)[near & ~edge]
    contrast = (np.median(ink) + 0.05) / (np.median(behind) + 0.05)
    assert contrast > (3.0 if overlay.kind in ("title", "subtitle") else 4.5)


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("overlay", KINDS, ids=lambda o: f"{o.kind} {o.place}")
def test_words_keep_to_the_margins(overlay, size):
    width, height = size
    frame = drawn(overlay, np.zeros((height, width, 3), np.uint8))
    rows, columns = np.nonzero(frame.max(axis=2) > 90)
    assert len(rows) > 30
    assert columns.min() >= width * 0.05
    assert columns.max() <= width * 0.95
    assert rows.min() >= height * 0.03
    assert rows.max() <= height * 0.96


def test_a_very_long_title_is_made_to_fit():
    overlay = Overlay(
        kind="title", text="An extraordinarily long title " * 6, second="and more " * 20
    )
    frame = drawn(overlay, np.zeros((360, 640, 3), np.uint8))
    rows, columns = np.nonzero(frame.max(axis=2) > 90)
    assert columns.min() >= 640 * 0.05
    assert columns.max() <= 640 * 0.95
    assert rows.min() > 10
    assert rows.max() < 350


@pytest.mark.parametrize("overlay", KINDS[:6], ids=lambda o: o.kind)
def test_titles_come_and_go_without_a_jump(overlay):
    frames = []
    titles = reel((shown_at(overlay, start=1.0, end=4.0),), FILM, 640, 360)
    for index in range(120):
        frame = black(640, 360)
        titles.draw(frame, index)
        frames.append(frame.y.astype(np.float32).mean())
    light = np.array(frames)
    full = light.max() - 16
    assert np.allclose(light[:24], 16)
    assert np.allclose(light[96:], 16)
    assert np.abs(np.diff(light)).max() < 0.35 * full
    assert light[60] - 16 > 0.97 * full


def test_a_disclosure_through_the_whole_shot_does_not_blink():
    titles = reel((shown_at(KINDS[6]),), FILM, 640, 360)
    first, last = black(640, 360), black(640, 360)
    titles.draw(first, 0)
    titles.draw(last, 119)
    assert np.array_equal(first.y, last.y)
    assert first.y.max() > 200


def test_captions_make_room_for_a_lower_third():
    long = Overlay(
        kind="lower third", text="Dr. Amélie Laurent", second="Marine biologist at the old station"
    )
    captions = (
        Caption(start=0, end=20, text="You came back to me after all this time,", speaker="M"),
        Caption(start=30, end=60, text="You came back to me after all this time,", speaker="M"),
    )
    titles = reel((Shown(long, 1.0, 3.0, whole=False),), FILM, 640, 360)
    (_, _, free), (_, _, lifted) = caption_reel(captions, titles, FILM, 640, 360).drawn
    first_word = min(layer.box[1] for _, layer in titles.layers if layer.box)
    assert free.y + free.alpha.shape[0] > first_word
    assert lifted.y + lifted.alpha.shape[0] <= first_word


def test_captions_go_aside_when_that_is_enough_and_stay_when_nothing_is_near():
    def stands(third, text):
        titles = reel((Shown(third, 0.0, 3.0, whole=False),), FILM, 640, 360)
        words = [layer.box for _, layer in titles.layers if layer.box]
        return caption_reel(
            (Caption(start=0, end=20, text=text, speaker="M"),), titles, FILM, 640, 360
        ).drawn[0][2], max((box[2] for box in words), default=0.0)

    nobody = Overlay(kind="lower third", text=" ")
    alone, _ = stands(nobody, "Do you remember the lighthouse?")
    aside, right = stands(
        Overlay(kind="lower third", text="Mara Lindqvist"), "Do you remember the lighthouse?"
    )
    far, _ = stands(Overlay(kind="lower third", text="Jo"), "No.")
    assert aside.y == alone.y
    assert aside.x > alone.x
    assert aside.x + 3 > right
    assert far.x == stands(nobody, "No.")[0].x


def test_moving_by_parts_of_a_pixel_moves_the_light_by_as_much():
    dot = np.zeros((21, 21, 4), np.uint8)
    cv2.circle(dot, (10, 10), 6, (255, 255, 255, 255), -1)
    drawn_dot = sprite(dot, 31, 17)
    centres = []
    for step in range(9):
        frame = black(96, 64)
        lay(frame, drawn_dot, Pose(dx=step * 0.3))
        light = frame.y.astype(float) - 16
        centres.append((light.sum(axis=0) * np.arange(96)).sum() / light.sum())
    assert np.abs(np.diff(centres) - 0.3).max() < 0.02


def test_lettering_has_kerning_and_both_families_have_european_letters():
    style = Style(NAME, 60)
    pair, apart = measure("AV", style).width, measure("A", style).width + measure("V", style).width
    assert pair < apart - 1
    assert missing_glyphs("Zażółć gęślą jaźń, Ελλάδα, Привет, Tiếng Việt — «Ça va?»") == ""
    assert missing_glyphs("你好 A 🎬") == "你好🎬"
    assert letter("Ω", style)[..., 3].max() == 255


def test_wrapping_is_even():
    style = Style(TITLE_LIGHT, 40)
    text = wrap("It was the last letter she ever wrote and nobody knew who it was for", style, 520)
    widths = [measure(line, style).width for line in text.split("\n")]
    assert max(widths) <= 520
    assert min(widths) > 0.6 * max(widths)


def test_end_card_reads_credits():
    credits_ = parsed("The Letter\nWritten by: Ada\nMara\tdrawn | no photo\n\nThanks to all")
    assert credits_.title == "The Letter"
    assert credits_.pairs == (
        ("Written by", "Ada"),
        ("Mara", "drawn | no photo"),
        ("", "Thanks to all"),
    )
