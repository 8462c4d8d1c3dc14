"""GET /api/openapi.json: the description of the interface, made once from the app's own routes."""

from collections.abc import Iterator
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from stormlykta import openapi
from stormlykta.descriptions import described
from stormlykta.doors import packed
from stormlykta.openapi import Operation


@described(may="anyone", gives=dict[str, Any])
async def interface(request: Request) -> Response:
    """This description (OpenAPI 3.1)."""
    body = getattr(request.app.state, "interface", None)
    if body is None:
        body = request.app.state.interface = msgspec.json.encode(openapi.describe(operations(request.app.routes)))
    return packed(request, body, "application/json", {"Cache-Control": "no-cache"})


def operations(routes: list[BaseRoute]) -> Iterator[Operation]:
    """What is described. That nothing is left out, a test sees to."""
    for route in routes:
        said = getattr(getattr(route, "endpoint", None), "described", None)
        if isinstance(route, Route) and said is not None:
            topic = route.endpoint.__module__.rpartition(".")[2]
            for method in sorted((route.methods or set()) - {"HEAD"}):
                yield Operation(method, route.path, route.endpoint.__name__, topic, said)
