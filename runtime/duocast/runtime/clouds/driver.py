"""The driver: takes an order through a provider, and through the books, whatever happens on the way.

The rules: the books know of a call before it goes out, and of the provider's job before it is asked for; nothing is
sent twice (a lost answer is looked up, or held for a person); a timeout is no failure; a result is looked at before it
is settled; what was refused is released.
"""

import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

from duocast.runtime.clouds import faults
from duocast.runtime.clouds.account import Account
from duocast.runtime.clouds.books import Books, Entry, Purpose
from duocast.runtime.clouds.contract import (
    Adapter,
    Answer,
    Call,
    Fate,
    Fault,
    NotUnderstood,
    Order,
    State,
    Ticket,
    Told,
)
from duocast.runtime.clouds.news import address, heard
from duocast.runtime.clouds.prices import NoPrice, price
from duocast.runtime.clouds.prices import told as token_cost
from duocast.runtime.clouds.wire import AnswerLost, NotReached, Wire, retry_after

SENDS, DOWNLOADS, MISSES, FRESH, ASKS = 6, 4, 5, 3, 3
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0
_LISTEN = 0.5
"""Seconds between two looks for news."""
_GATEWAY = (502, 504)
"""A gateway lost the answer of whoever stands behind it: the order may have arrived."""
_GONE = "its link is gone"

Check = Callable[[Path], str | None]
"""What is wrong with a result, in words that follow "but"; None if it is as it was ordered."""


@dataclass(frozen=True, slots=True)
class Made:
    """A paid and checked result; `notes` are what the provider told with it. The file is to be copied, not moved."""

    file: Path
    notes: Mapping[str, Any]


class Cloud:
    """One provider at work for one task."""

    def __init__(
        self,
        adapter: Adapter,
        account: Account,
        key: str,
        books: Books,
        progress: Callable[[float], None],
    ) -> None:
        self._adapter = adapter
        self._account = account
        self._wire = Wire(adapter, account.base, key)
        self._books = books
        self._progress = progress
        self._who = adapter.name
        self._shorter = min(1.0, account.poll / 10.0)
        """Where questions are asked faster than usual (a server of one's own), waits are shorter, too."""

    def __enter__(self) -> "Cloud":
        return self

    def __exit__(self, *_: object) -> None:
        self._wire.close()

    def make(self, order: Order, purpose: Purpose, check: Check) -> Made:
        """The result of an order. Its name is the row's key: made before, it is not paid again.

        Raises `EngineError`, as `duocast.runtime.clouds.faults` says.
        """
        with self._books.alone(order.name):
            row = self._books.row(order.name)
            if row is not None and row.state is Entry.SETTLED:
                if (kept := self._kept(order)) is not None:
                    return kept
                self._books.retire(order.name)
                row = None
            here = self._kept(order)
            if here and row is not None and row.state in (Entry.SENDING, Entry.SUBMITTED):
                self._books.settle(order.name, int(here.notes["cost"]), str(here.notes["job"]))
                return here
            if row is not None and row.state is Entry.HELD:
                raise faults.held(self._who, order.name, row.why)
            order = replace(order, callback=address(self._books.folder, self._account, order.name))
            work = _Work(order, purpose, check, random.Random(f"{order.seed} {order.name}"))
            with self._books.turn(self._who, self._account.at_once, lambda: self._progress(0.0)):
                return self._made(work, row.state if row else None, row.ticket if row else None)

    def end(self, name: str) -> bool:
        """End the job of a call at the provider; whether it has ended there, which releases or settles the call.

        Raises `EngineError` R0707 if the provider is not reached.
        """
        with self._books.alone(name):
            row = self._books.row(name)
            if row is None or row.state is not Entry.SUBMITTED or row.ticket is None:
                return False
            call = self._adapter.cancel(row.ticket)
            if call is None:
                return False
            try:
                if not self._wire.ask(call).ok:
                    return False
                return self._is_over(name, row.ticket)
            except (NotReached, AnswerLost) as problem:
                raise faults.not_now(self._who, str(problem)) from None

    def _is_over(self, name: str, ticket: Ticket) -> bool:
        """Whether a job that was to be ended has: what the provider then says is what the books say."""
        answer = self._wire.ask(self._adapter.status(ticket))
        if not answer.ok:
            told = Told(State.FAILED) if answer.status in (404, 410) else Told(State.UNKNOWN)
        else:
            told = self._followed(ticket, self._adapter.told(ticket, answer))
        if told.state not in (State.FAILED, State.CANCELLED):
            return False
        if told.cost:
            self._books.settle(name, told.cost, ticket.id)
        else:
            self._books.release(name, "it was ended there")
        return True

    def _made(self, work: "_Work", state: Entry | None, ticket: Ticket | None) -> Made:
        if state is Entry.SUBMITTED and ticket is not None:
            found: Ticket | Told = ticket
        elif state is Entry.SENDING:
            found = self._look_up(work, "the program ended while it was sent")
        else:
            found = self._send(work)
        if isinstance(found, Told) and found.link and found.state is State.SUCCEEDED:
            found = self._link_kept(work, found)
        if isinstance(found, Told):
            return self._ended(work, Ticket(""), found)
        return self._ended(work, found, self._waited(work, found))

    # -- sending -----------------------------------------------------------------------------

    def _send(self, work: "_Work") -> Ticket | Told:
        order, books = work.order, self._books
        self._reserve(work)
        for call in self._adapter.before(order):
            self._ask_free(work, call)
        call = self._adapter.submit(order)
        for attempt in range(SENDS):
            books.sending(order.name)
            self._progress(0.0)  # whoever allowed it hears of it before it goes out
            try:
                answer = self._wire.ask(call)
            except NotReached as problem:
                fault, asked = Fault(Fate.TRANSIENT, str(problem)), None
            except AnswerLost as problem:
                return self._look_up(work, str(problem))
            else:
                if answer.ok:
                    return self._accepted(work, answer)
                if answer.status in _GATEWAY:
                    return self._look_up(work, f"a gateway answered {answer.status}")
                fault = self._adapter.classify(answer)
                asked = retry_after(answer, time.time())
            books.unsent(order.name)
            wait = self._wait(work, attempt, asked)
            if (
                fault.fate not in (Fate.TRANSIENT, Fate.RATE_LIMITED)
                or wait > self._account.patience
            ):
                break
            if attempt < SENDS - 1:
                self._sleep(wait)
        books.release(order.name, fault.message)
        raise faults.refused(self._who, fault)

    def _reserve(self, work: "_Work") -> None:
        try:
            cost = price(self._who, work.order, self._account.prices)
        except NoPrice as problem:
            raise faults.no_price(problem) from None
        self._books.reserve(work.order.name, self._who, cost, work.purpose)
        self._books.kept(work.order.name).unlink(missing_ok=True)

    def _accepted(self, work: "_Work", answer: Answer) -> Ticket | Told:
        try:
            found = self._adapter.accepted(work.order, answer)
        except NotUnderstood as problem:
            self._hold(work, str(problem))
        if isinstance(found, Ticket):
            self._books.submitted(work.order.name, found)
        return found

    def _look_up(self, work: "_Work", why: str) -> Ticket:
        """The job of an order whose answer was lost; where nobody can find it, a person has to."""
        call = self._adapter.find(work.order)
        if call is not None:
            for attempt in range(ASKS):
                try:
                    answer = self._wire.ask(call)
                except (NotReached, AnswerLost):
                    self._sleep(self._wait(work, attempt, None))
                    continue
                ticket = self._adapter.found(work.order, answer)
                if ticket is not None:
                    self._books.submitted(work.order.name, ticket)
                    return ticket
                if answer.status < 500:
                    self._not_there(work, why)
        return self._hold(work, why)

    def _not_there(self, work: "_Work", why: str) -> NoReturn:
        """The provider says that it has no such job: it can be sent again by the next attempt."""
        self._books.release(work.order.name, f"{why}; the provider has no such job")
        raise faults.not_now(self._who, why)

    def _link_kept(self, work: "_Work", told: Told) -> Ticket:
        """A result that comes at once as a link is a job that is done: written down before it is fetched."""
        places = {"link": told.link, "cost": "" if told.cost is None else str(told.cost)}
        ticket = Ticket(f"link {sha256(told.link.encode()).hexdigest()[:32]}", places)
        self._books.submitted(work.order.name, ticket)
        return ticket

    # -- waiting -----------------------------------------------------------------------------

    def _waited(self, work: "_Work", ticket: Ticket) -> Told:
        """What the job says at its end. Raises `EngineError` if that is not yet, or never."""
        if "link" in ticket.places:
            cost = ticket.places["cost"]
            return Told(
                State.SUCCEEDED, 1.0, link=ticket.places["link"], cost=int(cost) if cost else None
            )
        deadline, misses, why = time.monotonic() + self._account.patience, 0, "it is still at work"
        attempt = 0
        while True:
            asked, told = None, None
            try:
                answer = self._wire.ask(self._adapter.status(ticket))
                if answer.ok:
                    told, attempt, misses = (
                        self._followed(ticket, self._adapter.told(ticket, answer)),
                        0,
                        0,
                    )
                else:
                    fault = self._adapter.classify(answer)
                    asked, why = retry_after(answer, time.time()), fault.message
                    misses = self._missed(work, fault, misses)
                    attempt += 1
            except (NotReached, AnswerLost) as problem:
                why, attempt = str(problem), attempt + 1
            if told is not None:
                if told.state in (State.SUCCEEDED, State.FAILED, State.CANCELLED):
                    return told
                why = "it is still at work"
                self._progress(min(0.9, told.fraction))
            wait = self._wait(work, attempt - 1, asked) if attempt else self._poll(work, asked)
            if time.monotonic() + wait > deadline:
                raise faults.not_now(self._who, why)
            self._sleep(wait, work.order)

    def _followed(self, ticket: Ticket, told: Told) -> Told:
        """The rest of an answer that stands at another place."""
        if told.ask is None:
            return told
        answer = self._wire.ask(told.ask)
        if answer.ok:
            return self._adapter.told(ticket, answer)
        fault = self._adapter.classify(answer)
        if fault.fate in (Fate.MODERATED, Fate.INVALID):
            return Told(State.FAILED, fault=fault)
        raise AnswerLost(fault.message)

    def _missed(self, work: "_Work", fault: Fault, misses: int) -> int:
        """A bad answer to a question: a wrong key ends the task, a job that is not there is held after some time."""
        if fault.fate in (Fate.AUTH, Fate.QUOTA):
            raise faults.refused(self._who, fault)
        if fault.fate in (Fate.EXPIRED, Fate.INVALID):
            if misses + 1 >= MISSES:
                self._hold(work, f"the provider does not know the job any more ({fault.message})")
            return misses + 1
        return misses

    # -- fetching ----------------------------------------------------------------------------

    def _ended(self, work: "_Work", ticket: Ticket, told: Told) -> Made:
        if told.state is not State.SUCCEEDED:
            self._refused(work, ticket, told)
        if told.content:
            return self._settled(work, ticket, told, self._written(work, told))
        if not told.link:
            self._useless(work, "it has no result and no link to one")
        wrong = _GONE
        for fresh in range(FRESH):
            found = self._fetched(work, ticket, told.link)
            if isinstance(found, Path):
                return self._settled(work, ticket, told, found)
            wrong = found
            if wrong is not _GONE or fresh == FRESH - 1 or "link" in ticket.places:
                break
            told = self._waited(work, ticket)
            if told.state is not State.SUCCEEDED or not told.link:
                break
        return self._useless(work, wrong)

    def _fetched(self, work: "_Work", ticket: Ticket, link: str) -> Path | str:
        """The checked file, or what is wrong with it.

        Raises `EngineError` R0707 where it can't be had now: the link may still be good the next time.
        """
        part = self._books.kept(work.order.name).with_suffix(".part")
        wrong: str | None = None
        why = ""
        for attempt in range(DOWNLOADS):
            try:
                answer = self._wire.download(self._adapter.fetch(ticket, link), part)
            except (NotReached, AnswerLost) as problem:
                wrong, why = None, f"the download broke off ({problem})"
            else:
                if answer.status in (401, 403, 404, 410):
                    return _GONE
                wrong, why = None, f"the download was answered with {answer.status}"
                if answer.ok:
                    wrong = work.check(part)
                    if wrong is None:
                        return part
            if attempt < DOWNLOADS - 1:
                self._sleep(self._wait(work, attempt, None))
            self._progress(0.9)
        part.unlink(missing_ok=True)
        if wrong is None:
            raise faults.not_now(self._who, why)
        return wrong

    def _written(self, work: "_Work", told: Told) -> Path:
        part = self._books.kept(work.order.name).with_suffix(".part")
        part.write_bytes(told.content)
        if (wrong := work.check(part)) is not None:
            part.unlink()
            self._useless(work, wrong)
        return part

    def _settled(self, work: "_Work", ticket: Ticket, told: Told, file: Path) -> Made:
        name = work.order.name
        row = self._books.row(name)
        assert row is not None
        cost = self._cost(work.order, told, row.price)
        notes = {**told.notes, "media_type": told.media_type, "cost": cost, "job": ticket.id}
        beside = file.with_suffix(".notes.part")
        beside.write_text(json.dumps(notes))
        self._books.keep(f"{name}.notes", beside)
        kept = self._books.keep(name, file)
        self._books.settle(name, cost, ticket.id)
        heard(self._books.folder, name)  # what came too late is nobody's news
        return Made(kept, notes)

    def _cost(self, order: Order, told: Told, price: int) -> int:
        """What the provider says that it took, in money or in tokens; the price where it says nothing."""
        if told.cost is None and told.tokens is not None:
            counted = token_cost(self._who, order, told.tokens, self._account.prices)
            return price if counted is None else counted
        return price if told.cost is None else told.cost

    def _kept(self, order: Order) -> Made | None:
        """A paid result that a killed worker did not put into the store."""
        file, beside = self._books.kept(order.name), self._books.kept(f"{order.name}.notes")
        if not file.is_file() or not beside.is_file():
            return None
        return Made(file, json.loads(beside.read_text()))

    # -- ends --------------------------------------------------------------------------------

    def _refused(self, work: "_Work", ticket: Ticket, told: Told) -> NoReturn:
        """It failed there: released, or settled with what the provider says that it took."""
        fault = told.fault or Fault(Fate.TRANSIENT, f"the job is {told.state} there")
        if told.cost:
            self._books.settle(work.order.name, told.cost, ticket.id)
        else:
            self._books.release(work.order.name, fault.message)
        raise faults.refused(self._who, fault)

    def _hold(self, work: "_Work", why: str) -> NoReturn:
        self._books.hold(work.order.name, why)
        raise faults.held(self._who, work.order.name, why)

    def _useless(self, work: "_Work", why: str) -> NoReturn:
        self._books.hold(work.order.name, why)
        raise faults.useless(self._who, work.order.name, why)

    # -- time --------------------------------------------------------------------------------

    def _ask_free(self, work: "_Work", call: Call) -> None:
        """A request that costs nothing, as often as it takes; if it can't be made, nothing is paid."""
        fault = Fault(Fate.TRANSIENT, "")
        for attempt in range(SENDS):
            try:
                answer = self._wire.ask(call)
            except (NotReached, AnswerLost) as problem:
                fault = Fault(Fate.TRANSIENT, str(problem))
            else:
                if answer.ok:
                    return
                fault = self._adapter.classify(answer)
            if fault.fate not in (Fate.TRANSIENT, Fate.RATE_LIMITED):
                break
            self._sleep(self._wait(work, attempt, None))
        self._books.release(work.order.name, fault.message)
        raise faults.refused(self._who, fault)

    def _poll(self, work: "_Work", asked: float | None) -> float:
        usual = self._account.poll * work.chance.uniform(0.8, 1.2)
        return usual if asked is None else max(usual, asked)

    def _wait(self, work: "_Work", attempt: int, asked: float | None) -> float:
        """Twice as long each time, spread by the task's own seed; never shorter than the provider asks for."""
        grown = min(_LONGEST_WAIT, _FIRST_WAIT * 2.0**attempt) * self._shorter
        spread = grown * work.chance.uniform(0.5, 1.5)
        return spread if asked is None else max(spread, asked)

    def _sleep(self, seconds: float, order: Order | None = None) -> None:
        """Wait, and show a sign of life now and then; shorter if there is news of the order."""
        end = time.monotonic() + seconds
        listening = order is not None and bool(order.callback)
        while (left := end - time.monotonic()) > 0:
            time.sleep(min(left, _LISTEN if listening else 20.0))
            self._progress(0.0)
            if order is not None and listening and heard(self._books.folder, order.name):
                return


@dataclass(frozen=True, slots=True)
class _Work:
    """An order with what belongs to it."""

    order: Order
    purpose: Purpose
    check: Check
    chance: random.Random


def part_of(order: Order, number: int) -> Order:
    """The order for one part of a task that takes several calls: each has a name of its own."""
    return replace(order, name=f"{order.name}-{number}")
