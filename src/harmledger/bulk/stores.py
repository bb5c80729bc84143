"""S3-compatible object stores: what lies in a bucket is listed, told from what lay there before, and brought to a local file.

Comes in: addresses (`s3://bucket/key`), patterns and prefixes among them, and how the store is reached. Goes out: inputs, and files. Arrow speaks to the
store: Daft, which does so too, doesn't tell when an object was written. What a store says in words goes no further, since it may repeat what it was
sent; its codes do.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from harmledger.bulk.inputs import ENDINGS, Input, split_stored
from harmledger.errors import BadInput, EngineFailed, SourceFailed

PIECE_BYTES = 16 << 20
"""Asked for at a time: what is asked for again where a connection breaks, and what is in memory."""
TRIES = 4
"""Of each piece; the client itself asks three times each."""
WAIT_SECONDS = 5.0
"""Before a piece is asked for again, longer each time."""
_ENDPOINT = re.compile(r"(https?)://([^/@\s]+)/?")
_MAGIC = re.compile(r"[*?\[]")
_CODE = re.compile(r"AWS Error ([A-Z_]+)(?: \(HTTP status (\d{3})\))?")
_UNTRUSTED = re.compile(r"curlCode: (?:60|77)\b")
_TOKEN = re.compile(r"\*\*/|\*\*|\*|\?|\[(?P<but>!?)(?P<chosen>[^\]/]+)\]|.", re.DOTALL)
_WILD = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
_YES = frozenset({"1", "yes", "true", "on"})


class Trouble(NamedTuple):
    """Why a store gives nothing."""

    what: str
    remedy: str
    passes: bool = False
    """Whether it may pass by itself."""


_NO_OBJECT = Trouble("there is no such object", "check the address")
_NO_BUCKET = Trouble("there is no such bucket", "check its name, AWS_REGION and AWS_ENDPOINT_URL")
_NOT_LET = Trouble(
    "the store doesn't let you read it",
    "check the key (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) and what it may read, or set AWS_NO_SIGN_REQUEST=YES for what anybody may",
)
_KEY = Trouble(
    "the store doesn't take the key", "check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN and AWS_REGION"
)
_ELSEWHERE = Trouble("the bucket lies in another region", "set AWS_REGION to it")
_UNREACHED = Trouble("the store can't be reached", "check AWS_ENDPOINT_URL and the network", passes=True)
_NOT_TRUSTED = Trouble(
    "the store's certificate isn't trusted", "set AWS_CA_BUNDLE to a file with that of who signed it"
)
_KNOWN = {
    "NO_SUCH_BUCKET": _NO_BUCKET,
    "NO_SUCH_KEY": _NO_OBJECT,
    "ACCESS_DENIED": _NOT_LET,
    "INVALID_ACCESS_KEY_ID": _KEY,
    "SIGNATURE_DOES_NOT_MATCH": _KEY,
    "INVALID_CLIENT_TOKEN_ID": _KEY,
    "INVALID_SIGNATURE": _KEY,
    "400": _KEY,
    "301": _ELSEWHERE,
    "307": _ELSEWHERE,
    "REQUEST_TIME_TOO_SKEWED": Trouble("the store finds this machine's clock wrong", "set the clock"),
    "NETWORK_CONNECTION": _UNREACHED,
}
"""By code, or status where there is no code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How stores are reached; plain values, so that processes elsewhere have them too.

    What is empty each machine finds by itself: in the files of Amazon's tools, or by the role that its cloud gives it.
    """

    endpoint: str = ""
    """Empty: Amazon's own."""
    region: str = ""
    key: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    anonymous: bool = False
    """Whether nothing is signed."""
    certificates: str = ""
    """A file of those that are trusted, where no public authority signed the endpoint's."""


def load_access(environ: Mapping[str, str]) -> Access:
    """As Amazon's tools take it from the environment; AWS_NO_SIGN_REQUEST is GDAL's.

    Raises:
        BadInput: the endpoint is no address.

    Source: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html
    """
    endpoint = environ.get("AWS_ENDPOINT_URL_S3") or environ.get("AWS_ENDPOINT_URL") or ""
    if endpoint and not _ENDPOINT.fullmatch(endpoint):
        raise BadInput("it is no object store's address", "AWS_ENDPOINT_URL", "give it as https://store.example:9000")
    return Access(
        endpoint=endpoint,
        region=environ.get("AWS_REGION") or environ.get("AWS_DEFAULT_REGION") or "",
        key=environ.get("AWS_ACCESS_KEY_ID", ""),
        secret=environ.get("AWS_SECRET_ACCESS_KEY", ""),
        token=environ.get("AWS_SESSION_TOKEN", ""),
        anonymous=environ.get("AWS_NO_SIGN_REQUEST", "").lower() in _YES,
        certificates=environ.get("AWS_CA_BUNDLE", ""),
    )


class Store:
    """Asks object stores; a client for each bucket, since each may lie in a region of its own."""

    def __init__(self, access: Access, wait: Callable[[float], None] = time.sleep) -> None:
        """`wait` stands in for the machine's own."""
        self._access, self._wait = access, wait
        self._clients: dict[str, Any] = {}

    def find(self, url: str) -> list[Input]:
        """An object; or all that a pattern means; or all archives below a prefix. Sorted.

        Raises:
            BadInput: it is no address of an object.
            SourceFailed: nothing is there, or the store can't be asked.
        """
        bucket, key = split_stored(url)
        if magic := _MAGIC.search(key):
            above = key[: key.rfind("/", 0, magic.start()) + 1]
            wanted, deep = _translate(key, url), "/" in key[len(above) :] or "**" in key
            return [one for one, found in self._list(url, bucket, above, deep=deep) if wanted.fullmatch(found)]
        if key and not key.endswith("/"):
            info = self._look(url, bucket, key)
            if info.is_file:
                return [Input(name=url, stamp=_stamp(info))]
        return [one for one, found in self._list(url, bucket, key, deep=True) if ENDINGS.search(found)]

    def save(self, url: str, path: Path, *, most_bytes: int) -> None:
        """The bytes of an object as a file.

        Raises:
            BadInput: it is no address of an object.
            SourceFailed: they can't be had.
        """
        bucket, key = split_stored(url)
        with _told(url), path.open("wb") as file:
            stored = self._client(bucket).open_input_file(f"{bucket}/{key}")
            size, tag = stored.size(), stored.metadata().get("ETag")
            if size > most_bytes:
                raise SourceFailed(f"it has more than {most_bytes:,} bytes", url, "cut it into several")
            while file.tell() < size:
                file.write(self._read(stored, file.tell(), size))
            again = self._client(bucket).open_input_file(f"{bucket}/{key}")
            if (again.size(), again.metadata().get("ETag")) != (size, tag):
                raise SourceFailed("it was changed while it was read", url, "run the same command again")

    def _read(self, stored: Any, at: int, size: int) -> bytes:
        """A piece of an object, asked for again where the connection breaks."""
        for turn in range(1, TRIES):
            try:
                return stored.read_at(min(PIECE_BYTES, size - at), at)
            except OSError as e:
                if not explain(e).passes:
                    raise
            self._wait(WAIT_SECONDS * turn)
        return stored.read_at(min(PIECE_BYTES, size - at), at)

    def _look(self, url: str, bucket: str, key: str) -> Any:
        with _told(url):
            info = self._client(bucket).get_file_info(f"{bucket}/{key}")
            if info.type.name != "NotFound":
                return info
            missing = self._client(bucket).get_file_info(bucket).type.name == "NotFound"
        trouble = _NO_BUCKET if missing else _NO_OBJECT
        raise SourceFailed(trouble.what, url, trouble.remedy)

    def _list(self, url: str, bucket: str, above: str, *, deep: bool) -> Iterator[tuple[Input, str]]:
        """All objects below a prefix that ends where a folder does, with their keys; sorted."""
        with _told(url):
            below = _load_fs().FileSelector(f"{bucket}/{above}".rstrip("/"), recursive=deep)
            try:
                infos = self._client(bucket).get_file_info(below)
            except FileNotFoundError:  # nothing has this prefix
                return
        for info in sorted((info for info in infos if info.is_file), key=lambda info: info.path):
            yield Input(name=f"s3://{info.path}", stamp=_stamp(info)), info.path.partition("/")[2]

    def _client(self, bucket: str) -> Any:
        if bucket not in self._clients:
            self._clients[bucket] = _connect(self._access, bucket)
        return self._clients[bucket]


def _connect(access: Access, bucket: str) -> Any:
    fs = _load_fs()
    said: dict[str, Any] = {"anonymous": access.anonymous}
    if access.key and not access.anonymous:
        said |= {"access_key": access.key, "secret_key": access.secret, "session_token": access.token or None}
    if endpoint := _ENDPOINT.fullmatch(access.endpoint):
        said |= {"scheme": endpoint[1], "endpoint_override": endpoint[2], "region": access.region or "us-east-1"}
    else:
        said["region"] = access.region or fs.resolve_s3_region(bucket)
    if access.certificates:
        said["tls_ca_file_path"] = access.certificates
    return fs.S3FileSystem(**said)


def _load_fs() -> Any:
    try:
        from pyarrow import fs  # noqa: PLC0415  an extra
    except ImportError as e:
        raise EngineFailed(
            "object stores need pyarrow, which isn't installed", "bulk", "install harmledger[bulk]"
        ) from e
    return fs


@contextmanager
def _told(url: str) -> Generator[None]:
    """Say in words of one's own what went wrong at the store."""
    try:
        yield
    except OSError as e:
        trouble = explain(e)
        raise SourceFailed(trouble.what, url, trouble.remedy) from None  # the store's words stay here
    except ValueError:  # of Arrow, on keys with an empty part and the like
        raise BadInput("it is no address of an object that can be asked for", url, "check the address") from None


def explain(error: OSError) -> Trouble:
    """What a client's error means, by the code in it."""
    said = str(error)
    if isinstance(error, FileNotFoundError):
        return _NO_OBJECT
    if _UNTRUSTED.search(said):
        return _NOT_TRUSTED
    found = _CODE.search(said)
    if not found:
        return Trouble(f"it can't be had ({type(error).__name__})", "check the address and the disk")
    code = found[2] or found[1]
    return _KNOWN.get(code) or Trouble(
        f"the store gives an error ({code})", "run the same command again later", passes=True
    )


def _stamp(info: Any) -> str:
    return f"{info.size} {info.mtime_ns}"


def _translate(pattern: str, url: str) -> re.Pattern[str]:
    """A pattern as of paths: `*` stays within a part of the key, `**/` is any parts or none."""
    try:
        return re.compile("".join(_translate_token(found) for found in _TOKEN.finditer(pattern)), re.DOTALL)
    except re.error as e:
        raise BadInput("the pattern means nothing", url, "check what is in [ ]") from e


def _translate_token(found: re.Match[str]) -> str:
    if found["chosen"]:
        escaped = re.sub(r"([\\^\[\]&~|])", r"\\\1", found["chosen"])
        return f"[{'^' if found['but'] else ''}{escaped}]"
    return _WILD.get(found[0]) or re.escape(found[0])
