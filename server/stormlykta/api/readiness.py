"""The readiness board, and how it has been over the year."""

from datetime import timedelta

from stormlykta.desk import Desk, desk
from stormlykta.files import swedish_time
from stormlykta.office import readiness
from stormlykta.office.readiness import Board, Day

PLOTTED_DAYS = 366


@desk(may="desk", gives=Board)
async def board(at: Desk) -> Board:
    """Which leaders could lead tonight, why not, and what is overdue."""
    return await at.state.board(at.organisation, at.caller.leader)


@desk(may="desk", gives=list[Day])
async def history(at: Desk) -> list[Day]:
    """The figures of each day of the last year that was counted; today's are as of now."""
    today = swedish_time.day(at.now)
    days = await at.read(lambda transaction: readiness.read_days(transaction, at.organisation, today - timedelta(days=PLOTTED_DAYS)))
    figures = (await at.state.board(at.organisation)).figures
    return [*(each for each in days if each.day < today.isoformat()), Day(today.isoformat(), figures)]
