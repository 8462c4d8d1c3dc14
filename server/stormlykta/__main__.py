"""The command line: `stormlykta` or `python -m stormlykta`. What each command does is in commands.py, the words in wording.py."""

import argparse
import sys
from collections.abc import Sequence

from stormlykta import __version__, commands, organisation_commands
from stormlykta.accounts import ROLES
from stormlykta.config import read_language
from stormlykta.errors import Problem
from stormlykta.log.operations import ID_16
from stormlykta.wording import Words


def main(arguments: Sequence[str] | None = None) -> int:
    words = Words(read_language())
    asked = build_parser(words).parse_args(shield_ids(sys.argv[1:] if arguments is None else arguments))
    try:
        return int(asked.run(asked, words))
    except Problem as problem:
        print(words.problem(problem), file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        return 130


def shield_ids(arguments: Sequence[str]) -> list[str]:
    """One phone's id in 64 begins with a hyphen: it goes last, after `--`, or it would be taken for an option."""
    ids = [argument for argument in arguments if argument.startswith("-") and ID_16.fullmatch(argument)]
    return [*(argument for argument in arguments if argument not in ids), *(["--", *ids] if ids else [])]


def build_parser(words: Words) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="stormlykta", description=words("about"))
    parser.add_argument("--version", action="version", version=f"stormlykta {__version__}")
    every = argparse.ArgumentParser(add_help=False)
    every.add_argument("--data", metavar="DIR", help=words("help-data"))
    one = argparse.ArgumentParser(add_help=False)
    one.add_argument("--organisation", metavar="ID", help=words("help-organisation"))
    todo = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, *parents: argparse.ArgumentParser) -> argparse.ArgumentParser:
        made = todo.add_parser(name, parents=[every, *parents], help=words(f"help-{name}"), description=words(f"help-{name}"))
        made.set_defaults(run=run)
        return made

    serve = command("serve", commands.serve)
    serve.add_argument("--host", default="127.0.0.1", help=words("help-host"))
    serve.add_argument("--port", type=int, default=8000, help=words("help-port"))

    publish = command("publish", commands.publish, one)
    publish.add_argument("paths", nargs="+", metavar="PATH", help=words("help-path"))
    publish.add_argument("--by", default="", help=words("help-by"))
    publish.add_argument("--changes", default="", help=words("help-changes"))

    check = command("check", commands.check, one)
    check.add_argument("paths", nargs="+", metavar="PATH", help=words("help-path"))

    invite = command("invite", commands.invite, one)
    invite.add_argument("name", metavar="NAME")
    invite.add_argument("--role", choices=ROLES, action="append", help=words("help-role"))
    invite.add_argument("--json", action="store_true", help=words("help-json"))

    link = command("admin-link", commands.admin_link, one)
    link.add_argument("name", nargs="?", metavar="NAME", help=words("help-admin"))

    contacts = todo.add_parser("contacts", help=words("help-contacts")).add_subparsers(required=True, metavar="COMMAND")
    brought = contacts.add_parser("import", parents=[every, one], help=words("help-contacts"))
    brought.add_argument("file", metavar="FILE.csv")
    brought.set_defaults(run=commands.import_contacts)

    kept = todo.add_parser("organisation", help=words("help-organisation-command")).add_subparsers(required=True, metavar="COMMAND")
    added = kept.add_parser("add", parents=[every], help=words("help-organisation-add"), description=words("help-organisation-add"))
    added.add_argument("id", metavar="ID", help=words("help-organisation-id"))
    added.add_argument("--name", required=True, help=words("help-organisation-name"))
    added.add_argument("--like", metavar="ID", help=words("help-organisation-like"))
    added.set_defaults(run=organisation_commands.add)
    shown = kept.add_parser("list", parents=[every], help=words("help-organisation-list"), description=words("help-organisation-list"))
    shown.set_defaults(run=organisation_commands.show)

    command("devices", commands.devices, one)
    revoke = command("revoke", commands.revoke, one)
    revoke.add_argument("device", metavar="DEVICE")
    return parser


if __name__ == "__main__":
    sys.exit(main())
