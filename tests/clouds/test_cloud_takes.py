"""What engines of clouds make of results: takes with all their times, shots in parts; and prices without rounding."""

from itertools import pairwise

import fakemedia
import numpy as np
import pytest
import trade
from fakecloud import KEY

from duocast.compiler.operations.speak import (
    Delivery,
    Mark,
    Pause,
    SpeakParams,
    Vocal,
    VoiceSpec,
    Words,
)
from duocast.runtime.clouds.account import Account, Office
from duocast.runtime.clouds.casting import ELEVENLABS, voice_for
from duocast.runtime.clouds.contract import Answer, Medium
from duocast.runtime.clouds.hearing import RATE, heard, line_of
from duocast.runtime.clouds.prices import NoPrice, dollars, listed, micro_of, price, read
from duocast.runtime.clouds.tags import reads_tags, tagged, untagged, worded, words_only
from duocast.runtime.clouds.terms import TERMS, parts
from duocast.runtime.clouds.wire import retry_after
from duocast.runtime.engine import EngineError, Request
from duocast.runtime.rented import rented_engines

LINE = SpeakParams(
    voice=VoiceSpec(id="amber"),
    segments=(
        Words(text="You kept "),
        Mark(name="turn"),
        Pause(seconds=0.5),
        Words(text="all", emphasis=1),
        Words(text=" of it."),
    ),
)


def taken(params=LINE, *, aligned=True):
    samples, alignment = fakemedia.voice(line_of(params))
    sound = np.frombuffer(samples, "<i2").astype(np.float32) / 32768
    return heard(params, sound, {"alignment": alignment} if aligned else {})


def test_words_stand_where_their_characters_are_and_pauses_where_they_were_written():
    sound, times = taken()
    assert [word.text for word in times.words] == ["You", "kept", "all", "of", "it."]
    assert times.seconds == pytest.approx(len(sound) / RATE, abs=1e-5)
    you, kept, all_, *_ = times.words
    assert you.start == pytest.approx(0.0, abs=0.03)
    assert kept.start - you.start == pytest.approx(4 * 0.07, abs=0.03)
    assert all_.start - kept.end == pytest.approx(0.5, abs=0.03)
    assert (all_.emphasis, times.marks[0].name) == (1, "turn")
    assert kept.end <= times.marks[0].at <= all_.start
    middle = sound[round((kept.end + 0.1) * RATE) : round((kept.end + 0.4) * RATE)]
    assert np.abs(middle).max() < 0.01


def test_phones_fill_the_take_without_a_hole():
    _, times = taken()
    edges = [(phone.start, phone.end) for phone in times.phones]
    assert edges[0][0] == 0.0
    assert all(one[1] == pytest.approx(two[0], abs=2e-3) for one, two in pairwise(edges))
    assert edges[-1][1] == pytest.approx(times.seconds, abs=2e-3)
    german = LINE.replace(voice=VoiceSpec(id="amber", language="de-DE"))
    letters = "".join(phone.symbol for phone in taken(german)[1].phones if phone.symbol != "rest")
    assert letters == "youkeptallofit"


def test_a_sound_without_times_is_shared_among_its_words():
    _, times = taken(aligned=False)
    starts = [word.start for word in times.words]
    assert starts == sorted(starts)
    assert times.words[-1].end <= times.seconds


@pytest.mark.parametrize(
    ("seconds", "lengths", "expected"),
    [
        (3.2, (4, 6, 8), (4,)),
        (4.0, (4, 6, 8), (4,)),
        (4.1, (4, 6, 8), (6,)),
        (8.0, (4, 6, 8), (8,)),
        (12.3, (4, 6, 8), (8, 6)),
        (25.0, (5, 10), (10, 10, 5)),
        (0.5, (2, 3), (2,)),
    ],
)
def test_a_long_shot_is_made_in_parts(seconds, lengths, expected):
    assert parts(seconds, lengths) == expected


def test_prices_are_whole_millionths_with_a_date_and_a_source():
    assert all(one.date and one.source for one in listed())
    for terms in TERMS:
        named = [
            one for one in listed() if (one.provider, one.model) == (terms.provider, terms.model)
        ]
        assert named, terms
    assert (micro_of("0.134"), dollars(134_000), dollars(0), dollars(5_000_000)) == (
        134_000,
        "0.134",
        "0.00",
        "5.00",
    )
    for wrong in ("0.0000001", "-1", "NaN", "much"):
        with pytest.raises(ValueError, match="no amount of dollars"):
            micro_of(wrong)


def test_a_price_of_ones_own_goes_before_the_list():
    wanted = trade.order("elevenlabs", Medium.VOICE)
    assert price("elevenlabs", wanted) == 2_600
    own = read(
        {"provider": "elevenlabs", "model": wanted.model, "per": "1000 characters", "usd": "0.3"}
    )
    assert price("elevenlabs", wanted, (own,)) == 7_800
    with pytest.raises(NoPrice):
        price("nobody", wanted)


def test_settings_are_checked(tmp_path):
    file = tmp_path / "clouds.toml"
    file.write_text('[veo]\nkey = "MINE"\npole = 3\n')
    with pytest.raises(EngineError, match="nobody knows: pole"):
        Office(tmp_path, file).account("veo", "https://x", "KEY")
    file.write_text('[veo]\nkey = "MINE"\n')
    office = Office(tmp_path, file, {"MINE": "secret"}.get)
    account = office.account("veo", "https://x", "KEY")
    assert (office.key(account), "secret" in repr(account)) == ("secret", False)
    with pytest.raises(EngineError, match="MINE is not set here"):
        Office(tmp_path, file).key(account)
    with pytest.raises(EngineError, match="DUOCAST_OFFLINE forbids calls") as raised:
        Office(tmp_path, file, {"MINE": "secret"}.get, network=False).key(account)
    assert raised.value.code == "R0710"


def test_voices_are_cast_by_kind_or_by_the_settings():
    plain = Account("elevenlabs", "", "")
    assert voice_for(VoiceSpec(id="amber"), plain, ELEVENLABS) == ELEVENLABS["woman", "adult"]
    own = Account("elevenlabs", "", "", own={"voices": {"amber": "v9"}, "voice": "v1"})
    assert voice_for(VoiceSpec(id="amber"), own, ELEVENLABS) == "v9"
    assert voice_for(VoiceSpec(id="slate"), own, ELEVENLABS) == "v1"


def test_waits_are_what_the_provider_asks_for():
    asked = (
        {"retry-after": "7"},
        {"retry-after-ms": "250"},
        {"retry-after": "Thu, 01 Jan 1970 00:01:00 GMT"},
    )
    assert [retry_after(Answer(429, b"", one), 50.0) for one in (*asked, {})] == [
        7.0,
        0.25,
        10.0,
        None,
    ]


ACTED = SpeakParams(
    voice=VoiceSpec(id="amber"),
    manner=("quiet", "shaken"),
    segments=(
        Words(text="You laughs"),
        Vocal(sound="laugh"),
        Words(text="kept it."),
        Delivery(manner=("whisper",)),
        Pause(seconds=0.4),
        Words(text="All?"),
    ),
)


def test_acting_becomes_tags_that_nobody_says():
    assert tagged(ACTED) == "[quiet] You laughs [laughs] kept it. [whispers] All?"
    assert worded(ACTED) == "You laughs kept it. All?"
    assert reads_tags("eleven_v3")
    assert not reads_tags("eleven_multilingual_v2")
    samples, alignment = fakemedia.voice(tagged(ACTED))
    clean = words_only(alignment)
    assert "".join(clean["characters"]).split() == worded(ACTED).split()
    assert words_only({"characters": ["a"]}) == {"characters": ["a"]}
    sound = np.frombuffer(samples, "<i2").astype(np.float32) / 32768
    _, times = heard(untagged(ACTED), sound, {"alignment": clean})
    assert [word.text for word in times.words] == worded(ACTED).split()
    laughs, kept = times.words[1:3]
    assert kept.start - laughs.end == pytest.approx(len(" [laughs] ") * 0.07, abs=0.05)
    assert times.vocals == ()


@pytest.mark.parametrize(("model", "sent"), [("eleven_v3", tagged), (None, worded)])
def test_a_line_is_sent_with_tags_to_a_model_that_acts(model, sent, cloud, tmp_path):
    named = tmp_path / "clouds.toml"
    chosen = f'speak = "{model}"' if model else ""
    named.write_text(f'[elevenlabs]\nbase = "{cloud.url}"\npoll = 0.05\n{chosen}\n')
    office = Office(tmp_path / "money", named, {"ELEVENLABS_API_KEY": KEY}.get)
    listed_one = next(one for one in rented_engines(office) if one.name == "elevenlabs")
    request = Request(ACTED.plain(), {}, tmp_path, lambda _: None, None)
    made = listed_one.run(request)
    (job,) = cloud.jobs.values()
    assert job.body["text"] == sent(ACTED)
    assert listed_one.price(ACTED.plain(), 0.0) == len(sent(ACTED)) * 100
    assert {name: file.name for name, file in made.items()} == {
        "sound": "take.wav",
        "times": "times.json",
    }
