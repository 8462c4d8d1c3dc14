"""`stormlykta organisation add` and `list`: several organisations on one server. Rule: as in commands.py."""

import argparse
import sys
from datetime import datetime

from stormlykta.commands import prepare, transact
from stormlykta.connections import Row, Transaction
from stormlykta.errors import Problem
from stormlykta.office import links, operator_deeds, organisations
from stormlykta.state import read_clock
from stormlykta.wording import Words


def add(asked: argparse.Namespace, words: Words) -> int:
    settings, now = prepare(asked, words), read_clock()

    async def job(transaction: Transaction) -> links.Made:
        return await operator_deeds.add_organisation(transaction, asked.id, asked.name, asked.like, now)

    try:
        made = transact(settings, words, job)
    except Problem as problem:
        if problem.code not in ("taken", "not-found", "field"):
            raise
        print(words(f"organisation-{problem.code}", organisation=asked.id, like=asked.like), file=sys.stderr)
        return 1
    expires = datetime.fromtimestamp(now / 1000 + links.HOURS * 3600).astimezone().strftime("%Y-%m-%d %H:%M")
    print(words("organisation-added", organisation=made.organisation_name, id=made.organisation))
    print(words("link-for-first", organisation=made.organisation_name, expires=expires))
    print(links.address(settings.url or "http://localhost:8000", made.organisation, made.token))
    return 0


def show(asked: argparse.Namespace, words: Words) -> int:
    async def job(transaction: Transaction) -> list[Row]:
        return await organisations.list_organisations(transaction)

    listed = transact(prepare(asked, words), words, job)
    width = max((len(row[0]) for row in listed), default=0)
    for id, name, admins, members, phones, checklists in listed:
        print(words("organisation-line", id=id.ljust(width), name=name, admins=admins, members=members, phones=phones, checklists=checklists))
    if not listed:
        print(words("no-organisations"))
    return 0
