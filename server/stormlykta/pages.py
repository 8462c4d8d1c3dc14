"""Serves the built app: hashed files for ever, the page and the worker always fresh. Before the app is built it says so, in words."""

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

NOT_BUILT = """<!doctype html><html lang="sv"><meta charset="utf-8"><title>Stormlykta</title>
<h1>Stormlykta</h1><p>Appen är inte byggd. Kör <code>make build</code>.</p><p lang="en">The app is not built. Run <code>make build</code>.</p></html>"""


class Pages:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = StaticFiles(directory=folder, html=True, check_dir=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise HTTPException(404)
        if not (self._folder / "index.html").exists():
            await HTMLResponse(NOT_BUILT, 503)(scope, receive, send)
            return
        path = self._files.get_path(scope)
        response: Response = await self._files.get_response(path, scope)
        fresh = "public, max-age=31536000, immutable" if path.startswith("assets") else "no-cache"
        response.headers["Cache-Control"] = fresh
        await response(scope, receive, send)
