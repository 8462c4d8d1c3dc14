"""How far a long piece of work has come, and cancelling it."""

from typing import Any

import msgspec

from stormlykta.desk import Desk, desk
from stormlykta.office.jobs import Job, JobState


class JobView(msgspec.Struct, omit_defaults=True):
    """`result` when it is done; `refusal` (as in any refusal: error, and more beside it) when it was refused."""

    id: str
    kind: str
    state: JobState
    done: int = 0
    of: int = 0
    result: Any = None
    refusal: dict[str, Any] | None = None


def view(job: Job) -> JobView:
    return JobView(job.id, job.kind, job.state, job.done, job.of, job.result, job.problem.body() if job.problem else None)


@desk(may="desk", gives=JobView, refuses=("not-found",))
async def job(at: Desk) -> JobView:
    """How far a job of this seat has come."""
    return view(at.state.jobs.find(at.organisation, at.caller.seat, at.path("job")))


@desk(may="desk", gives=JobView, refuses=("not-found",))
async def cancel(at: Desk) -> JobView:
    """Asks a job to stop; what it was about to write is then not written."""
    found = at.state.jobs.find(at.organisation, at.caller.seat, at.path("job"))
    at.state.jobs.cancel(found)
    return view(found)
