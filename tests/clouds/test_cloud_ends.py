"""A call that nobody waits for any more is ended at its provider, and the books say what it does."""

import pytest
import trade
from click.testing import CliRunner
from fakecloud import KEY

from duocast.cli.program import group
from duocast.runtime.clouds.books import Books, Entry
from duocast.runtime.engine import EngineError


def begun(provider, cloud, books):
    """A job that takes longer than its task waits."""
    cloud.polls = 500
    with pytest.raises(EngineError, match="no result yet"):
        trade.make(provider, cloud.url, books, patience=0.1)
    assert trade.only(books).state is Entry.SUBMITTED


@pytest.mark.parametrize("provider", ["runway", "replicate", "fal", "luma"])
def test_a_job_is_ended_there_and_released_here(provider, cloud, books):
    begun(provider, cloud, books)
    name = trade.order(provider).name
    with trade.trading(provider, cloud.url, books) as (one, kept):
        assert one.end(name)
        assert kept.row(name).state is Entry.RELEASED
        assert kept.used("run") == 0
        assert not one.end(name)


@pytest.mark.parametrize("provider", ["aiml", "veo", "kling"])
def test_who_can_end_nothing_goes_on(provider, cloud, books):
    begun(provider, cloud, books)
    with trade.trading(provider, cloud.url, books) as (one, kept):
        assert not one.end(trade.order(provider).name)
        assert kept.rows()[0].state is Entry.SUBMITTED


def test_credits_ends_a_call_by_its_key(cloud, books, tmp_path, monkeypatch):
    begun("runway", cloud, books)
    settings = tmp_path / "clouds.toml"
    settings.write_text(f'[runway]\nbase = "{cloud.url}"\n')
    monkeypatch.setenv("DUOCAST_CLOUDS", str(settings))
    monkeypatch.setenv("DUOCAST_MONEY", str(books))
    monkeypatch.delenv("RUNWAYML_API_SECRET", raising=False)

    def credits(*arguments):
        return CliRunner().invoke(group, ["credits", *arguments])

    assert "under way  ffffffffffff  video runway" in credits().output
    assert credits("--end", "abcdef").exit_code == 2
    assert "RUNWAYML_API_SECRET is not set" in credits("--end", "ffffffff").output
    monkeypatch.setenv("RUNWAYML_API_SECRET", KEY)
    done = credits("--end", "ffffffff")
    assert done.exit_code == 0, done.output
    assert "0.00 reserved" in done.output
    with Books(books) as kept:
        assert kept.rows()[0].state is Entry.RELEASED
