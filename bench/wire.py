"""The lightest HTTP client there is, so that a measurement measures the server: prepared bytes down a kept connection, the answer's body back."""

import asyncio


class Wire:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: str) -> None:
        self._reader, self._writer, self._head = reader, writer, head

    @classmethod
    async def open(cls, port: int, path: str, cookie: str) -> "Wire":
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
        return cls(
            reader, writer, f"POST {path} HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: {cookie}\r\nAccept-Encoding: gzip\r\nContent-Type: application/json\r\n"
        )

    async def post(self, body: bytes, zipped: bool) -> bytes:
        """The body of the answer as it came (gzip where the server packed it). Raises ConnectionError on anything but 200."""
        encoding = "Content-Encoding: gzip\r\n" if zipped else ""
        self._writer.write(f"{self._head}{encoding}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        head = await self._reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise ConnectionError(head.decode("latin-1"))
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        return await self._reader.readexactly(length)

    def close(self) -> None:
        self._writer.close()
