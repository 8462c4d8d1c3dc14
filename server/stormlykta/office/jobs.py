"""Long work (reading a file in, many invitations) that shows how far it has come and can be cancelled.

Rule: a job belongs to one seat and lives in memory; what it writes it writes last and whole, so a cancelled one has written nothing.
"""

import asyncio
import secrets
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal

import structlog

from stormlykta.errors import Problem

JobState = Literal["running", "done", "refused", "cancelled", "failed"]
KEPT_SECONDS = 900.0  # how long what came of it can be asked for
AT_ONCE = 3  # for one seat
KEPT = 200
KEPT_OF_SEAT = 10  # what came of a job may be large: nobody piles them up
TURNS = 2  # how many work at a time, whosever they are; the others wait
log = structlog.get_logger("jobs")


class Cancelled(Exception):
    """Raised inside a job, by its own watch, when somebody has cancelled it."""


@dataclass
class Job:
    """`done` of `of`: how far. `result` once it is done; `problem` when it was refused."""

    id: str
    organisation: str
    seat: str
    kind: str
    done: int = 0
    of: int = 0
    state: JobState = "running"
    result: Any = None
    problem: Problem | None = None
    stopping: bool = False
    ended: float = 0.0
    task: "asyncio.Task[None] | None" = field(default=None, repr=False)

    def watch(self, done: int, of: int) -> None:
        """Called by the work now and then, from any thread: tells how far it has come. Raises Cancelled."""
        self.done, self.of = done, of
        if self.stopping:
            raise Cancelled


class Jobs:
    """All jobs of this server, by id."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._turn = asyncio.Semaphore(TURNS)

    def start(self, organisation: str, seat: str, kind: str, work: Callable[[Job], Awaitable[Any]]) -> Job:
        """Begins `work(job)`; what it returns is the result. Raises Problem("limit") when the seat has enough under way."""
        self._forget()
        if sum(job.state == "running" and (job.organisation, job.seat) == (organisation, seat) for job in self._jobs.values()) >= AT_ONCE:
            raise Problem("limit")
        job = Job(secrets.token_urlsafe(12), organisation, seat, kind)
        self._jobs[job.id] = job
        job.task = asyncio.create_task(self._run(job, work))
        return job

    def find(self, organisation: str, seat: str, id: str) -> Job:
        """Raises Problem("not-found") for one that is not this seat's, or that is forgotten."""
        self._forget()
        job = self._jobs.get(id)
        if job is None or (job.organisation, job.seat) != (organisation, seat):
            raise Problem("not-found")
        return job

    def cancel(self, job: Job) -> None:
        """Asks it to stop. One that has begun to write its last goes on to its end; then it is done, not cancelled."""
        job.stopping = True

    async def close(self) -> None:
        tasks = [job.task for job in self._jobs.values() if job.task is not None and not job.task.done()]
        for job in self._jobs.values():
            job.stopping = True
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task

    async def _run(self, job: Job, work: Callable[[Job], Awaitable[Any]]) -> None:
        try:
            async with self._turn:
                job.watch(0, 0)  # who has cancelled it while it waited
                job.result = await work(job)
            job.state, job.done = "done", job.of
        except Cancelled:
            job.state = "cancelled"
        except Problem as problem:
            job.state, job.problem = "refused", problem
        except Exception:
            log.exception("a job failed", kind=job.kind)
            job.state, job.problem = "failed", Problem("internal")
        finally:
            job.ended, job.task = time.monotonic(), None

    def _forget(self) -> None:
        now = time.monotonic()
        seats: Counter[tuple[str, str]] = Counter()
        ended = sorted((job for job in self._jobs.values() if job.state != "running"), key=lambda job: -job.ended)
        for at, job in enumerate(ended, 1):
            seats[job.organisation, job.seat] += 1
            if job.ended < now - KEPT_SECONDS or at > KEPT or seats[job.organisation, job.seat] > KEPT_OF_SEAT:
                del self._jobs[job.id]
