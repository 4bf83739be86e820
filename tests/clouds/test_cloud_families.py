"""Every family over real HTTP, by its documented answers: the right result, the right ledger, the key kept."""

import json

import pytest
import trade
from fakecloud import KEY

from duocast.runtime.clouds.books import Entry
from duocast.runtime.clouds.contract import Answer, Fate, Medium, Order, State, Ticket
from duocast.runtime.clouds.families.comfy import ComfyUi, filled
from duocast.runtime.clouds.families.elevenlabs import dialogue
from duocast.runtime.clouds.families.kling import token
from duocast.runtime.clouds.houses import ADAPTERS
from duocast.runtime.clouds.prices import price
from duocast.runtime.writing import SCHEMA

EVERY = [
    *((one, Medium.VIDEO) for one in trade.VIDEOS),
    *((one, Medium.PICTURE) for one in trade.PICTURES),
    *((one, Medium.VOICE) for one in trade.VOICES),
    *((one, Medium.TEXT) for one in trade.WORDS),
]
COSTS = {
    ("aiml", Medium.VIDEO): 1_600_000,  # what the answer says, not the list's 1.68
    ("aiml", Medium.PICTURE): 60_000,
    ("veo", Medium.VIDEO): 1_600_000,
    ("runway", Medium.VIDEO): 360_000,
    ("luma", Medium.VIDEO): 900_000,
    ("kling", Medium.VIDEO): 280_000,
    ("fal", Medium.VIDEO): 280_000,
    ("replicate", Medium.VIDEO): 250_000,
    ("comfyui", Medium.VIDEO): 0,
    ("comfyui-talk", Medium.VIDEO): 0,
    ("gemini", Medium.PICTURE): 134_000,
    ("fal", Medium.PICTURE): 39_000,
    ("replicate", Medium.PICTURE): 39_000,
    ("comfyui", Medium.PICTURE): 0,
    ("elevenlabs", Medium.VOICE): 2_600,
    ("openai-tts", Medium.VOICE): 780,
    ("gemini", Medium.TEXT): (700 * 300 + 300 * 2500) // 1000,  # the tokens that it told of
    ("openai-chat", Medium.TEXT): (700 * 400 + 300 * 1600) // 1000,
}


USUAL = ("aiml", "elevenlabs", "veo")


@pytest.mark.parametrize(
    ("provider", "medium"),
    [
        pytest.param(
            *one, marks=[] if one[0] in USUAL else [pytest.mark.slow], id=f"{one[0]}-{one[1]}"
        )
        for one in EVERY
    ],
)
def test_a_family_makes_what_is_ordered_and_takes_what_it_says(provider, medium, cloud, books):
    wanted = trade.order(provider, medium)
    made = trade.make(provider, cloud.url, books, wanted)
    assert trade.check_of(wanted)(made.file) is None
    row = trade.only(books)
    assert (row.state, row.cost) == (Entry.SETTLED, COSTS[provider, medium])
    again = trade.make(provider, cloud.url, books, wanted)
    assert again.file.read_bytes() == made.file.read_bytes()
    assert (sum(cloud.paid.values()), trade.only(books).cost) == (1, row.cost)


@pytest.mark.parametrize("provider", sorted(ADAPTERS))
def test_every_family_is_tried(provider):
    assert provider in {one for one, _ in EVERY}


def test_a_line_comes_with_the_times_of_its_characters(cloud, books):
    made = trade.make("elevenlabs", cloud.url, books, trade.order("elevenlabs", Medium.VOICE))
    assert "".join(made.notes["alignment"]["characters"]) == trade.TEXT
    assert made.notes["rate"] == 24_000


def test_a_dialogue_is_one_order_of_several_voices(cloud, books):
    lines = (("anna", "Hello."), ("ben", "Yes?"))
    text = " ".join(words for _, words in lines)
    wanted = trade.order(
        "elevenlabs", Medium.VOICE, model="eleven_v3", prompt=text, workflow=dialogue(lines)
    )
    trade.make("elevenlabs", cloud.url, books, wanted)
    assert cloud.seen == [("POST", "/v1/text-to-dialogue/with-timestamps")]
    with pytest.raises(ValueError, match="at most 2000 characters"):
        dialogue((("anna", "x" * 2001),))


def test_gemini_writes_words_too():
    gemini = ADAPTERS["gemini"]
    wanted = Order("n", Medium.TEXT, "gemini-2.5-flash", "A scene, please.")
    assert "responseModalities" not in gemini.submit(wanted).json["generationConfig"]
    content = {"parts": [{"text": "INT. ROOM"}]}
    body = json.dumps({"candidates": [{"content": content, "finishReason": "STOP"}]}).encode()
    told = gemini.accepted(wanted, Answer(200, body))
    assert (told.state, told.content) == (State.SUCCEEDED, b"INT. ROOM")


def test_what_words_cost_at_most_is_reserved(cloud, books):
    wanted = trade.order("gemini", Medium.TEXT)
    sent = len((wanted.system + wanted.prompt + wanted.schema).encode()) + 64
    assert price("gemini", wanted) == -(-(sent * 300 + 1000 * 2500) // 1000)
    cloud.usage = False
    trade.make("gemini", cloud.url, books, wanted)
    assert trade.only(books).cost == price("gemini", wanted)


def test_a_schema_is_sent_as_each_provider_takes_it():
    wanted = trade.order("gemini", Medium.TEXT, schema=SCHEMA)
    body = ADAPTERS["gemini"].submit(wanted).json
    config = body["generationConfig"]
    assert (config["responseMimeType"], config["maxOutputTokens"]) == ("application/json", 1000)
    assert config["responseSchema"]["properties"]["title"]["type"] == "STRING"
    assert "additionalProperties" not in json.dumps(config)
    assert body["systemInstruction"] == {"parts": [{"text": "You write."}]}
    chat = ADAPTERS["openai-chat"].submit(wanted).json
    assert chat["response_format"]["json_schema"]["schema"] == json.loads(SCHEMA)
    assert [each["role"] for each in chat["messages"]] == ["system", "user"]


def test_klings_token_is_signed_for_half_an_hour():
    made = token("ak:sk", 1_700_000_000)
    head, claims, signed = made.split(".")
    assert head == "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
    assert claims == "eyJpc3MiOiJhayIsImV4cCI6MTcwMDAwMTgwMCwibmJmIjoxNjk5OTk5OTk1fQ"
    assert len(signed) == 43


def test_a_workflow_is_filled_with_the_order():
    graph = filled(trade.order("comfyui"))
    assert graph["2"]["inputs"] == {"seed": 7, "text": "film: Somebody nods."}
    assert graph["1"]["inputs"]["image"].startswith("duocast-ffff")
    assert ComfyUi().submit(trade.order("comfyui")).json["prompt_id"]


@pytest.mark.parametrize(
    ("provider", "status", "body", "fate"),
    [
        ("elevenlabs", 401, {"detail": {"status": "quota_exceeded", "message": "no"}}, Fate.QUOTA),
        ("elevenlabs", 401, {"detail": {"status": "invalid_api_key", "message": "no"}}, Fate.AUTH),
        (
            "gemini",
            429,
            {"error": {"status": "RESOURCE_EXHAUSTED", "message": "slow"}},
            Fate.RATE_LIMITED,
        ),
        (
            "gemini",
            400,
            {"error": {"status": "INVALID_ARGUMENT", "message": "API key not valid"}},
            Fate.AUTH,
        ),
        ("kling", 200, {"code": 1301, "message": "risk"}, Fate.MODERATED),
        ("kling", 429, {"code": 1303, "message": "parallel"}, Fate.RATE_LIMITED),
        ("fal", 422, {"detail": "flagged by a content policy check"}, Fate.MODERATED),
        ("runway", 400, {"error": "You do not have enough credits"}, Fate.QUOTA),
        ("aiml", 403, {"message": "balance is too low"}, Fate.QUOTA),
        ("replicate", 402, {"detail": "payment"}, Fate.QUOTA),
        ("luma", 500, b"<html>", Fate.TRANSIENT),
        ("openai-tts", 422, {"error": {"message": "no such voice"}}, Fate.INVALID),
    ],
)
def test_failures_have_kinds(provider, status, body, fate):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    assert ADAPTERS[provider].classify(Answer(status, raw)).fate is fate


@pytest.mark.parametrize("provider", ["runway", "luma", "fal", "replicate"])
def test_a_job_can_be_ended(provider, cloud, books):
    adapter = ADAPTERS[provider]
    places = {"cancel_url": f"{cloud.url}/fal/requests/job/cancel"}
    call = adapter.cancel(Ticket("job", places))
    assert call.method in ("DELETE", "PUT", "POST")
    assert "job" in call.url


def test_the_key_is_in_no_file_and_in_no_error(cloud, books, tmp_path):
    with pytest.raises(Exception, match="wrong key") as raised:
        trade.make("aiml", cloud.url, books, key="a-key-that-is-wrong")
    said = f"{raised.value!r} {raised.value} {raised.value.hint}"
    assert "a-key-that-is-wrong" not in said
    trade.make("aiml", cloud.url, books, trade.order("aiml", name="e" * 64))
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert KEY.encode() not in file.read_bytes(), file
            assert b"a-key-that-is-wrong" not in file.read_bytes(), file
