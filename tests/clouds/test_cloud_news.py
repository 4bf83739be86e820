"""Webhooks of providers: a farm takes them, who waits asks at once, and nothing that they say is believed."""

import base64
import hashlib
import hmac
import time

import httpx
import pytest
import trade
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fakecloud import callback
from house import Idle, running, settings

from duocast.runtime.clouds import news
from duocast.runtime.clouds.account import Account
from duocast.runtime.clouds.books import Entry
from duocast.runtime.clouds.houses import ADAPTERS

WITH = ("fal", "kling", "luma", "replicate", "veo")
POLL = 30.0
"""So rarely is a job asked for that only news can end the wait in time."""


@pytest.fixture
def farm(tmp_path, books):
    file = tmp_path / "clouds.toml"
    file.write_text("")
    made = settings(tmp_path, Idle)
    told = {"money": str(books), "clouds": str(file)}
    factory = made.factory.__class__(made.factory.reference, {**made.factory.settings, **told})
    with running(made.__class__(**{**fields(made), "factory": factory})) as house:
        house.file, house.base = file, f"{house.url}/api/v1/hooks"
        yield house


def fields(one):
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


def made(provider, farm, cloud, books, **more):
    """One order by a provider that tells the farm; how long it took."""
    began = time.monotonic()
    own = {"webhook": farm.base}
    trade.make(provider, cloud.url, books, patience=60.0, poll=POLL, own=own, **more)
    return time.monotonic() - began


@pytest.mark.parametrize(
    "provider",
    [pytest.param(one, marks=[] if one == "fal" else [pytest.mark.slow]) for one in WITH],
)
def test_who_waits_asks_when_the_provider_says_so(farm, cloud, books, provider):
    cloud.hooks, cloud.hook_after, cloud.polls = 1, 0.3, 99
    assert made(provider, farm, cloud, books) < POLL / 2
    assert cloud.hook_answers == [204]
    assert trade.only(books).state is Entry.SETTLED
    assert not cloud.repeated


def test_what_is_said_many_times_or_too_late_changes_nothing(farm, cloud, books):
    cloud.hooks, cloud.hook_after, cloud.polls = 5, 0.3, 99
    cloud.hook_body = {"status": "ERROR", "error": "a lie"}
    made("fal", farm, cloud, books)
    row = trade.only(books)
    while len(cloud.hook_answers) < 5:
        time.sleep(0.02)
    assert (row.state, row.cost, row.price) == (Entry.SETTLED, row.price, row.price)
    assert cloud.hook_answers == [204] * 5
    (job,) = cloud.jobs.values()
    again = httpx.post(callback(job.body, job.query), json={}, trust_env=False)
    assert again.status_code == 204
    assert not news.heard(books, row.key), "nobody waits for a settled call"
    assert trade.only(books) == row


def test_an_address_that_nobody_gave_out_is_not_there(farm, cloud, books):
    good = news.address(books, Account("fal", "", "", own={"webhook": farm.base}), "f" * 64)
    head, _, last = good.rpartition("/")
    bad = (f"{head}/{'0' * 40}", good.replace("/fal/", "/kling/"), good.replace("f" * 64, "e" * 64))
    with httpx.Client(trust_env=False) as client:
        for url in (*bad, f"{farm.base}/fal/..%2f..%2fsecret/{last}", f"{head}/\u00e9"):
            assert client.post(url, content=b"{}").status_code == 404, url
        assert client.post(good, content=b"{}").status_code == 204
        assert client.post(good, content=b"x" * (2 << 20)).status_code == 413
        assert client.get(good).status_code == 405
    assert not news.heard(books, "f" * 64), "it is not under way"


def replicate_signer(secret, *, age=0.0):
    def sign(body):
        told = str(int(time.time() - age))
        signed = f"msg_1.{told}.".encode() + body
        made = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
        return {
            "webhook-id": "msg_1",
            "webhook-timestamp": told,
            "webhook-signature": f"v1,AAAA v1,{made}",
        }

    return sign


def fal_signer(key):
    def sign(body):
        told = [*("request", "user"), str(int(time.time()))]
        signed = "\n".join([*told, hashlib.sha256(body).hexdigest()]).encode()
        names = ("request-id", "user-id", "timestamp")
        headers = {f"X-Fal-Webhook-{n}": one for n, one in zip(names, told, strict=True)}
        return {**headers, "X-Fal-Webhook-Signature": key.sign(signed).hex()}

    return sign


def test_signatures_are_checked_where_their_key_is_named(farm, cloud, books, monkeypatch):
    secret = b"0123456789abcdef01234567"
    farm.file.write_text('[replicate]\nwebhook_key = "SIGNS"\n')
    where = Account("replicate", "", "", own={"webhook": farm.base})
    url = news.address(books, where, "f" * 64)

    def answered(headers, body=b"{}"):
        return httpx.post(url, content=body, headers=headers, trust_env=False).status_code

    good = replicate_signer(secret)(b"{}")
    assert answered(good) == 404, "the variable is not set: nothing can be checked"
    monkeypatch.setenv("SIGNS", "whsec_" + base64.b64encode(secret).decode())
    assert answered(good) == 204
    assert answered(good, b"{ }") == 404
    assert answered({}) == 404
    assert answered(replicate_signer(b"another")(b"{}")) == 404
    assert answered(replicate_signer(secret, age=600)(b"{}")) == 404
    assert answered({**good, "webhook-timestamp": "soon"}) == 404


def test_a_signed_word_of_fal_wakes(farm, cloud, books, monkeypatch):
    key, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    public = [
        base64.urlsafe_b64encode(one.public_key().public_bytes_raw()).rstrip(b"=").decode()
        for one in (other, key)
    ]
    monkeypatch.setenv("SIGNS", ",".join(public))
    farm.file.write_text('[fal]\nwebhook_key = "SIGNS"\n')
    cloud.hooks, cloud.hook_after, cloud.polls, cloud.signer = 1, 0.3, 99, fal_signer(key)
    assert made("fal", farm, cloud, books) < POLL / 2
    assert cloud.hook_answers == [204]
    stranger = fal_signer(Ed25519PrivateKey.generate())(b"{}")
    small = {name.lower(): one for name, one in stranger.items()}
    assert not news.is_signed("fal", ",".join(public), small, b"{}", time.time())
    assert not news.is_signed("luma", "key", {}, b"", 0.0)


def test_without_a_webhook_jobs_are_asked_for_as_ever(cloud, books):
    cloud.polls = 3
    trade.make("fal", cloud.url, books, own={"webhook": "http://127.0.0.1:9/hooks"})
    assert trade.only(books).state is Entry.SETTLED
    assert all(callback(job.body, job.query) for job in cloud.jobs.values())


def test_who_can_be_told_where_and_who_can_not():
    for provider in trade.VIDEOS:
        adapter = ADAPTERS[provider]
        call = adapter.submit(trade.order(provider, callback="https://farm/hooks/x"))
        assert bool(callback(call.json, call.query)) is (provider in WITH), provider
