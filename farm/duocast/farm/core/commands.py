"""Commands: everything the scheduler says. Each is carried out after its event is durable, and may be given again."""

from msgspec import Struct

from duocast.farm.core.job import JobStatus
from duocast.farm.core.task import Status


class Said(Struct, frozen=True, gc=False, tag=True, tag_field="kind"):
    """What all commands have in common: their form."""


class Lookup(Said, frozen=True):
    """Ask the store for this work; answer with `Found` or `Missed`."""

    task: str
    key: str
    expects: tuple[str, ...]


class Run(Said, frozen=True):
    """Give the task to a worker. `alone`: nothing else runs on its host meanwhile."""

    worker: str
    task: str
    attempt: int
    key: str
    alone: bool


class Evaluate(Said, frozen=True):
    """Run an inline task beside the scheduler; answer with `Finished`, `Failed` or `Lost` of the worker ""."""

    task: str
    attempt: int
    key: str


class Stop(Said, frozen=True):
    """Kill what this worker is doing; answer with `WorkerDied`."""

    worker: str


class Tell(Said, frozen=True):
    """A task's status has changed."""

    task: str
    status: Status


class TellJob(Said, frozen=True):
    """A job's state has changed."""

    job: str
    status: JobStatus


class Note(Said, frozen=True):
    """One line for the log of a task: something that does not fail it, such as waiting for a licence."""

    task: str
    text: str


Command = Lookup | Run | Evaluate | Stop | Tell | TellJob | Note
