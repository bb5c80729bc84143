"""Readers: an asyncio client that keeps its connections, and costs a server's machine next to nothing beside the answers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

HEADERS = "Host: {host}\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\nConnection: keep-alive\r\n\r\n"
PATIENCE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Answer:
    """One page that was asked for."""

    kind: str
    seconds: float
    failed: str | None
    size: int


class Reader:
    """One connection, one request at a time."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._rest = HEADERS.format(host=f"{host}:{port}")
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def get(self, kind: str, path: str) -> Answer:
        """Ask for a page; whatever goes wrong is told in the answer."""
        began = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                status, body = await self._ask(path)
        except (OSError, ValueError, EOFError, TimeoutError) as e:
            self.close()
            return Answer(kind, time.perf_counter() - began, f"{type(e).__name__} {e}", 0)
        failed = None if status == 200 else f"{status} {path}"
        return Answer(kind, time.perf_counter() - began, failed, len(body))

    def close(self) -> None:
        """Let go of the connection; the next request opens another."""
        if self._writer:
            self._writer.close()
        self._reader = self._writer = None

    async def _ask(self, path: str) -> tuple[int, bytes]:
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(self._host, self._port)
        self._writer.write(f"GET {path} HTTP/1.1\r\n{self._rest}".encode())
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        status, body = int(head[9:12]), await self._body(self._reader, head)
        if b"\r\nconnection: close" in head:
            self.close()
        return status, body

    @staticmethod
    async def _body(reader: asyncio.StreamReader, head: bytes) -> bytes:
        if b"\r\ntransfer-encoding: chunked" not in head:
            length = head.partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0]
            return await reader.readexactly(int(length))
        body = b""
        while size := int(await reader.readline(), 16):
            body += await reader.readexactly(size)
            await reader.readexactly(2)
        await reader.readexactly(2)
        return body


Choose = Callable[[], list[tuple[str, str]]]
"""What a reader reads next: the requests of it, each with its kind."""


async def read_for(address: tuple[str, int], choose: Choose, *, readers: int, seconds: float) -> list[Answer]:
    """So many readers at once, each asking for its next page as soon as it has one, for so long."""
    answers: list[Answer] = []
    ends = time.perf_counter() + seconds

    async def one() -> None:
        reader = Reader(*address)
        while time.perf_counter() < ends:
            for kind, path in choose():
                answers.append(await reader.get(kind, path))
        reader.close()

    async with asyncio.TaskGroup() as all_of_them:
        for _ in range(readers):
            all_of_them.create_task(one())
    return answers
