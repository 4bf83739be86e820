"""Tickets: for whom they open contents, for how long, and that nothing else passes for one."""

import pytest

from duocast.farm.daemon.journal import Journal
from duocast.farm.daemon.tickets import is_right, write_ticket
from duocast.farm.daemon.tokens import Doorkeeper, Scope, hashed, mint, revoke

NOW = 1_790_000_000.0


@pytest.fixture
def books(tmp_path):
    with Journal(tmp_path) as journal:
        journal.begin()
        token, given, deed = mint("mara", Scope.SUBMIT, NOW, 86_400)
        journal.append([], [deed])
        yield journal, token, given


def test_a_ticket_opens_for_its_user_until_it_ends(books):
    journal, _, given = books
    keeper = Doorkeeper(journal)
    ticket, seconds = keeper.ticket(given, NOW)
    assert 3600 <= seconds <= 7200
    assert keeper.admit_ticket(ticket, NOW + seconds - 1).user == "mara"
    assert keeper.admit_ticket(ticket, NOW + seconds) is None
    assert Doorkeeper(journal).admit_ticket(ticket, NOW).user == "mara"


def test_in_one_hour_it_is_the_same_so_that_a_browser_keeps_its_pictures():
    start = NOW // 3600 * 3600
    assert write_ticket("a", "k", start)[0] == write_ticket("a", "k", start + 3599)[0]
    assert write_ticket("a", "k", start)[0] != write_ticket("a", "k", start + 3600)[0]


def test_it_ends_with_its_token(books):
    journal, _, given = books
    ticket, _ = Doorkeeper(journal).ticket(given, NOW)
    journal.append([], [revoke(given.id, NOW + 1)])
    assert Doorkeeper(journal).admit_ticket(ticket, NOW + 2) is None


def test_neither_a_token_nor_what_somebody_makes_up_passes_for_one(books):
    journal, token, given = books
    keeper = Doorkeeper(journal)
    ticket, _ = keeper.ticket(given, NOW)
    name, until, signed = ticket.split(".")
    for other in (
        "",
        ".",
        "..",
        token,
        hashed(token),
        name,
        f"{name}.{until}",
        f"{name}.{until}.",
        f"{name}.{until}.{signed}x",
        f"{name}.{int(until) + 3600}.{signed}",
        f"nobody.{until}.{signed}",
        f"{name}.{until}.{signed}.",
        f"{name}.²².{signed}",
        f"{name}.{'9' * 150}.{signed}",
        f"{name}.-1.{signed}",
        f"{name}.{until}.\ud800",
    ):
        assert keeper.admit_ticket(other, NOW) is None, other
    assert not is_right(ticket, "another key", NOW)
