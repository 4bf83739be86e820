"""A ticket as text, for the books."""

import json

from duocast.runtime.clouds.contract import Ticket


def write_ticket(ticket: Ticket) -> str:
    """One line of JSON."""
    return json.dumps({"id": ticket.id, "places": dict(ticket.places)}, sort_keys=True)


def read_ticket(text: str) -> Ticket:
    """The ticket of a line."""
    found = json.loads(text)
    return Ticket(found["id"], found["places"])
