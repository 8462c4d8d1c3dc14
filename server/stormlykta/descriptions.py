"""What the interface's own description says of a route: who may, what it takes and gives, what it refuses.

Rule: it stands beside the handler, as a decorator, and is the only place where it is said; openapi.py makes the description of all of it.
"""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple, TypeVar

May = Literal["anyone", "phone", "stranger", "desk", "editor", "admin"]
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


class Described(NamedTuple):
    """`takes`: a type, bytes or None; `gives`: a type, bytes (a file) or None (no content).

    `query`: the names in the query; `media`: of the file; `also`: other good statuses, without content; `refuses`: the codes beside those of the door.
    """

    may: May
    takes: Any
    gives: Any
    status: int
    summary: str
    refuses: tuple[str, ...] = ()
    query: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    also: tuple[int, ...] = ()


def described(
    *,
    may: May = "phone",
    takes: Any = None,
    gives: Any = None,
    status: int = 200,
    refuses: tuple[str, ...] = (),
    media: tuple[str, ...] = (),
    also: tuple[int, ...] = (),
) -> Callable[[Endpoint], Endpoint]:
    """For the doors that are not the desk's: says what the handler does, and changes nothing."""

    def describe(handler: Endpoint) -> Endpoint:
        handler.described = Described(may, takes, gives, status, summary_of(handler), refuses, (), media, also)  # type: ignore[attr-defined]
        return handler

    return describe


def summary_of(handler: Callable[..., Any]) -> str:
    """The first line of what the handler says of itself, without the path, which the description has already."""
    first = (handler.__doc__ or "").strip().split("\n")[0]
    path, colon, rest = first.partition(": ")
    summary = rest if colon and path.split(" ")[0] in ("GET", "POST", "PUT", "DELETE") else first
    return summary[:1].upper() + summary[1:]
