"""A phone as the protocol describes it, in Python: keys, chain, seals, sync. Tests and measurements speak to the server through it, over real HTTP."""

import gzip
import secrets
import time
from collections import defaultdict
from typing import Any

import httpx
import msgspec
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

from stormlykta.log.operations import Operation, Seal, base64url, link, read_operation, root, seal_fields, seal_text, session_text

Fields = list[Any]


def new_id(size: int = 16) -> str:
    return base64url(secrets.token_bytes(size))


class Phone:
    """`Phone("anna", client)`: joins, does deeds offline, and syncs when told to."""

    def __init__(self, name: str, client: httpx.AsyncClient) -> None:
        self.name, self.client = name, client
        self.device = new_id()
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.organisation = ""
        self.member = ""
        self.epoch: str | None = None
        self.clock = 0
        self.chains: dict[str, list[bytes]] = {}
        self.written: dict[str, list[Fields]] = defaultdict(list)
        self.sent: dict[str, int] = defaultdict(int)
        self.seen: dict[str, int] = {}
        self.held: dict[str, dict[int, list[Any]]] = defaultdict(dict)
        self.seals: dict[str, list[list[Any]]] = defaultdict(list)
        self.people: dict[str, list[str]] = {}

    @property
    def key(self) -> str:
        return base64url(self.private.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint))

    @property
    def base(self) -> str:
        return f"/api/o/{self.organisation}"

    def sign(self, text: bytes) -> bytes:
        r, s = utils.decode_dss_signature(self.private.sign(text, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def introduction(self) -> dict[str, str]:
        return {"device": self.device, "key": self.key, "name": f"{self.name}s telefon", "build": "test"}

    async def join(self, code: str) -> httpx.Response:
        response = await self.client.post("/api/join", json={"code": code, **self.introduction()})
        if response.status_code == 201:
            body = response.json()
            self.organisation, self.member = body["organisation"]["id"], body["member"]["id"]
        return response

    async def sign_in(self) -> httpx.Response:
        challenge = (await self.client.post(f"{self.base}/challenge", json={"device": self.device})).json()["challenge"]
        sig = base64url(self.sign(session_text(self.organisation, self.device, challenge)))
        return await self.client.post(f"{self.base}/session", json={"device": self.device, "challenge": challenge, "sig": sig})

    def write(self, inc: str, kind: str, target: str = "", refs: str = "", body: str | dict[str, Any] = "", lam: int | None = None) -> Fields:
        """A deed, durable on the phone only."""
        chain = self.chains.setdefault(inc, [root(inc, self.device)])
        text = body if isinstance(body, str) else msgspec.json.encode(body).decode()
        n = len(chain)
        operation = [1, self.device, n, n if lam is None else lam, int(time.time() * 1000) + self.clock, inc, kind, target, refs, text]
        read = read_operation(msgspec.json.encode(operation))
        if not isinstance(read, Operation):
            raise TypeError(f"not an operation: {read}")
        chain.append(link(chain[-1], read.d))
        self.written[inc].append(operation)
        return operation

    def seal(self, inc: str, start: int, end: int) -> list[Any]:
        chain = self.chains[inc]
        seal = Seal(self.device, inc, start, end, chain[start - 1], chain[end], b"")
        return list(seal_fields(seal._replace(sig=self.sign(seal_text(seal)))))

    def unsent(self, most: int = 500) -> tuple[list[Fields], list[list[Any]]]:
        operations: list[Fields] = []
        seals = []
        for inc, written in self.written.items():
            start = self.sent[inc]
            part = written[start : start + most - len(operations)]
            if part:
                operations += part
                seals.append(self.seal(inc, start + 1, start + len(part)))
        return operations, seals

    async def post(self, body: dict[str, Any] | bytes, zipped: bool = False, path: str = "sync") -> httpx.Response:
        content = body if isinstance(body, bytes) else msgspec.json.encode(body)
        headers = {"Content-Type": "application/json"}
        if zipped:
            content, headers["Content-Encoding"] = gzip.compress(content), "gzip"
        return await self.client.post(f"{self.base}/{path}", content=content, headers=headers)

    async def push(self, operations: list[Any], seals: list[Any] = [], **more: Any) -> dict[str, Any]:  # noqa: B006
        """A raw exchange, whose answer is given as it came."""
        response = await self.post({"v": 1, "epoch": self.epoch, "offset": 0, "push": {"ops": operations, "seals": seals}, "pull": None, "library": "", **more})
        if response.status_code != 200:
            raise AssertionError(response.text)
        answer: dict[str, Any] = response.json()
        return answer

    async def sync(self, **more: Any) -> dict[str, Any]:
        """Exchanges until nothing is left to send or to fetch. Gives the last answer."""
        while True:
            operations, seals = self.unsent()
            answer = await self.push(operations, seals, pull=dict(self.seen), **more)
            self.epoch = answer["epoch"]
            for operation, (verdict, detail) in zip(operations, answer["results"], strict=True):
                self.sent[operation[5]] += 1
                if verdict in ("ok", "dup"):
                    self.held[operation[5]][detail] = operation
            for inc, news in answer["incidents"].items():
                self.seen[inc] = news["seq"]
                for seq, operation, *_ in news["ops"]:
                    self.held[inc][seq] = operation
                self.seals[inc] += news["seals"]
                self.people.update(news["people"])
            if not self.unsent()[0] and all(news["seq"] == news["head"] for news in answer["incidents"].values()):
                return answer

    def log(self, inc: str) -> list[Fields]:
        return [operation for _, operation in sorted(self.held[inc].items())]
