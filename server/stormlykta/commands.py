"""What each command of the command line does. Rule: a command opens the database, runs one transaction, prints, and answers 0 or 1."""

import argparse
import asyncio
import json
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeVar

import msgspec
import segno
from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError

from stormlykta import accounts, library
from stormlykta.config import FIRST_ORGANISATION, Settings, read_settings
from stormlykta.connections import Row, Transaction
from stormlykta.database import Database
from stormlykta.library import Change, Publisher
from stormlykta.office import links, operator_deeds
from stormlykta.office.credentials import named
from stormlykta.office.oidc import read_providers
from stormlykta.server import run_server
from stormlykta.shapes import Contacts, Exercises, Known, Library, Messages, Vocabulary
from stormlykta.state import read_clock
from stormlykta.texts.documents import read_contacts, read_library
from stormlykta.texts.findings import Finding
from stormlykta.wording import Words

Result = TypeVar("Result")


def serve(asked: argparse.Namespace, words: Words) -> int:
    settings = prepare(asked, words)
    try:
        read_providers(settings.oidc)
    except ValueError as error:
        raise SystemExit(words("oidc-wrong", why=error)) from error

    def ways_in(url: str) -> list[str]:
        """What is wrong with the database is said here in words, not by the server in a trace. Asked once the port is ours: links that are shown must hold."""
        made = transact(settings, words, lambda transaction: links.make_first_links(transaction, read_clock()))
        lines = [f"\n{words('first-link', organisation=each.organisation_name)}\n  {links.address(url, each.organisation, each.token)}\n" for each in made]
        return lines or [words("desk-at", url=f"{url}/#/admin")]

    return run_server(settings, asked.host, asked.port, words, ways_in)


def publish(asked: argparse.Namespace, words: Words) -> int:
    settings = prepare(asked, words)

    async def job(transaction: Transaction) -> tuple[str, list[Finding], list[Change]]:
        organisation = await choose(transaction, asked, words)
        known = await library.read_known(transaction, organisation)
        read, findings = read_library([Path(path) for path in asked.paths], known, language_of(words))
        if any(finding.severity == "error" for finding in findings):
            return organisation, findings, []
        publisher = Publisher(organisation, asked.by or "stormlykta publish", read_clock(), asked.changes)
        changes = await library.publish(transaction, publisher, read)
        await operator_deeds.tell_published(transaction, "publish", publisher, changes)
        return organisation, findings, changes

    organisation, findings, changes = transact(settings, words, job)
    show_findings(findings, words)
    if any(finding.severity == "error" for finding in findings):
        print(words("nothing-published"), file=sys.stderr)
        return 1
    show_changes(changes, organisation, words)
    return 0


def check(asked: argparse.Namespace, words: Words) -> int:
    """Only validates. It writes nothing, not even a database where there is none."""
    settings = read_settings(asked.data)

    async def job(transaction: Transaction) -> Known:
        organisation = asked.organisation or await accounts.first_organisation(transaction)
        return await library.read_known(transaction, organisation) if organisation else Known()

    known = transact(settings, words, job) if settings.database.exists() else Known()
    read, findings = read_library([Path(path) for path in asked.paths], known, language_of(words))
    show_findings(findings, words)
    if any(finding.severity == "error" for finding in findings):
        return 1
    print(words("sound", cards=len(read.checklists), messages=len(read.messages.messages), exercises=len(read.exercises.exercises)))
    return 0


def import_contacts(asked: argparse.Namespace, words: Words) -> int:
    settings = prepare(asked, words)

    async def job(transaction: Transaction) -> tuple[str, list[Finding], list[Change], list[str]]:
        organisation = await choose(transaction, asked, words)
        vocabulary = await library.get_part(transaction, organisation, "vocabulary")
        roles = msgspec.json.decode(vocabulary, type=Vocabulary) if vocabulary else None
        contacts, findings = read_contacts(Path(asked.file), language_of(words), roles)
        if any(finding.severity == "error" for finding in findings):
            return organisation, findings, [], []
        publisher = Publisher(organisation, "contacts import", read_clock())
        changes = await library.publish(transaction, publisher, only(contacts))
        await operator_deeds.tell_published(transaction, "contacts import", publisher, changes)
        return organisation, findings, changes, await dangling(transaction, organisation, words)

    organisation, findings, changes, warnings = transact(settings, words, job)
    show_findings(findings, words)
    if any(finding.severity == "error" for finding in findings):
        print(words("nothing-published"), file=sys.stderr)
        return 1
    show_changes(changes, organisation, words)
    for warning in warnings:
        print(warning, file=sys.stderr)
    return 0


def invite(asked: argparse.Namespace, words: Words) -> int:
    if not asked.name.strip():
        print(words("no-name"), file=sys.stderr)
        return 1
    settings = prepare(asked, words)

    async def job(transaction: Transaction) -> accounts.Invitation:
        organisation = await choose(transaction, asked, words)
        return await operator_deeds.invite(transaction, organisation, asked.name.strip(), asked.role or [], read_clock())

    made = transact(settings, words, job)
    if asked.json:
        print(json.dumps({"code": made.code, "expires": made.expires, "organisation": made.organisation, "member": made.member}))
        return 0
    url = settings.url or "http://localhost:8000"
    link = f"{url}/#/gamed/{made.code}"
    expires = datetime.fromtimestamp(made.expires / 1000).astimezone().strftime("%Y-%m-%d %H:%M")
    print(words("code-for", name=made.name, code=f"{made.code[:4]}-{made.code[4:]}", expires=expires))
    print(words("open", url=link))
    segno.make(link, error="l", micro=False).terminal(compact=True, border=2)
    return 0


def admin_link(asked: argparse.Namespace, words: Words) -> int:
    settings, now = prepare(asked, words), read_clock()

    async def job(transaction: Transaction) -> links.Made | list[str] | None:
        if asked.organisation and await named(transaction, asked.organisation) is None:
            return None
        return await links.make_operators_link(transaction, await choose(transaction, asked, words), accounts.plain(asked.name or "")[:80], now)

    made = transact(settings, words, job)
    if not isinstance(made, links.Made):
        print(words("no-organisation", organisation=asked.organisation) if made is None else words("which-admin", names=", ".join(made)), file=sys.stderr)
        return 1
    expires = datetime.fromtimestamp(now / 1000 + links.HOURS * 3600).astimezone().strftime("%Y-%m-%d %H:%M")
    print(words("link-for" if made.name else "link-for-first", name=made.name, organisation=made.organisation_name, expires=expires))
    print(links.address(settings.url or "http://localhost:8000", made.organisation, made.token))
    return 0


def devices(asked: argparse.Namespace, words: Words) -> int:
    async def job(transaction: Transaction) -> list[Row]:
        return await accounts.list_devices(transaction, asked.organisation or await accounts.first_organisation(transaction) or "")

    listed = transact(prepare(asked, words), words, job)
    for id, member, name, seen, revoked in listed:
        when = datetime.fromtimestamp(seen / 1000).astimezone().strftime("%Y-%m-%d %H:%M")
        print(words("device-line", state=words("device-off" if revoked else "device-on"), id=id, member=member, name=name, seen=when))
    if not listed:
        print(words("no-devices"))
    return 0


def revoke(asked: argparse.Namespace, words: Words) -> int:
    async def job(transaction: Transaction) -> tuple[str, bool]:
        organisation = asked.organisation or await accounts.first_organisation(transaction) or ""
        return organisation, await operator_deeds.revoke(transaction, organisation, asked.device, read_clock())

    organisation, found = transact(prepare(asked, words), words, job)
    print(words("revoked" if found else "no-device", device=asked.device, organisation=organisation))
    return 0 if found else 1


def prepare(asked: argparse.Namespace, words: Words) -> Settings:
    """The settings, with a data folder that can be written to. Raises Problem("storage") in the user's words."""
    settings = read_settings(asked.data)
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        (settings.data / ".write").touch()
        (settings.data / ".write").unlink(missing_ok=True)
    except OSError as error:
        raise SystemExit(words("no-data", data=settings.data, why=error.strerror or error)) from error
    return settings


def transact(settings: Settings, words: Words, job: Callable[[Transaction], Awaitable[Result]]) -> Result:
    async def run() -> Result:
        try:
            database = await Database.open(settings.database)
        except (DBAPIError, CommandError, RuntimeError) as error:
            why = error.orig if isinstance(error, DBAPIError) else error
            raise SystemExit(words("no-database", data=settings.database, why=why)) from error
        try:
            return await database.write(job)
        finally:
            await database.close()

    return asyncio.run(run())


async def choose(transaction: Transaction, asked: argparse.Namespace, words: Words) -> str:
    """The organisation that is meant, made where there is none yet."""
    organisation = asked.organisation or await accounts.first_organisation(transaction) or FIRST_ORGANISATION[0]
    name = FIRST_ORGANISATION[1] if organisation == FIRST_ORGANISATION[0] else organisation.replace("-", " ").capitalize()
    if await accounts.ensure_organisation(transaction, organisation, name, read_clock()) and asked.organisation:
        print(words("organisation-made", organisation=organisation), file=sys.stderr)
    return organisation


def only(contacts: Contacts) -> Library:
    return Library(checklists=[], messages=Messages(()), contacts=contacts, exercises=Exercises(()), vocabulary=None)


async def dangling(transaction: Transaction, organisation: str, words: Words) -> list[str]:
    """Published cards that call a contact which is not in the list."""
    known = await library.read_known(transaction, organisation)
    cards = await library.current_checklists(transaction, organisation)
    missing = [(card.title.sv, id) for card in cards for phase in card.phases for step in phase.steps for id in step.call or () if id not in known.contacts]
    return [words("still-named", card=card, contact=id) for card, id in dict.fromkeys(missing)]


def show_findings(findings: list[Finding], words: Words) -> None:
    for finding in findings:
        place = f"{finding.file}:{finding.line}" if finding.line else finding.file
        print(f"{place}: {words(finding.severity)}: {finding.message}", file=sys.stderr)
    if findings:
        errors = sum(finding.severity == "error" for finding in findings)
        print(words("found", errors=errors, advice=len(findings) - errors, count=len(findings)), file=sys.stderr)


def show_changes(changes: list[Change], organisation: str, words: Words) -> None:
    for change in changes:
        if change.fate != "unchanged" and change.sort == "checklist":
            print(f"  {words(change.fate):9} {words(change.sort)} {change.title} ({change.id}, v{change.version})")
    others = Counter((change.sort, change.fate) for change in changes if change.fate != "unchanged" and change.sort != "checklist")
    for (sort, fate), count in others.items():
        print(f"  {words(fate):9} {words(sort)} × {count}")
    fates = Counter(change.fate for change in changes)
    print(words("published", organisation=organisation, **{fate: fates.get(fate, 0) for fate in ("new", "changed", "unchanged", "removed")}))


def language_of(words: Words) -> Literal["sv", "en"]:
    return "en" if words.language == "en" else "sv"
