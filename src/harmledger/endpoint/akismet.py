"""Akismet, a spam filter elsewhere, by its published protocol: one POST a question, bounded in time and size.

In comes a submission, out goes a verdict: spam where the answer is exactly `true`, ham where it is exactly `false`, else unsure with the reason.
The writer's network address, browser and mailbox are left out unless the settings say otherwise; witness accounts are never sent.

Source: Akismet's documentation for developers (comment-check, submit-spam, submit-ham, verify-key).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import SplitResult, urlencode, urlsplit

from harmledger import __version__
from harmledger.config import AkismetAccount
from harmledger.domain import SpamDecision, SpamVerdict, Submission
from harmledger.endpoint.bounded import connected
from harmledger.errors import EngineFailed

NAME = "akismet"
WHERE = "spam filter akismet"
KEY, BLOG, URL, SECONDS = (f"HARMLEDGER_AKISMET_{name}" for name in ("KEY", "BLOG", "URL", "SECONDS"))
ANSWER_BYTES = 1_000
"""A larger answer is none of Akismet's: the longest is 41 bytes."""
SENT_CHARS = 20_000
"""Of a longer text the beginning is sent, and the reply is held where that is no spam."""
NO_ADDRESS = "0.0.0.0"  # noqa: S104  nothing listens there: the protocol wants some address, this is the one that says none
TOLD_CHARS = 120
"""Characters of Akismet's own words that moderators see."""
TAKEN = b"Thanks for making the web a better place."
"""How Akismet answers a correction."""
HERE = frozenset({"127.0.0.1", "localhost", "::1"})
"""Hosts that may be asked without encryption."""
Answers = Mapping[str, str]


def open_akismet(account: AkismetAccount) -> Akismet | None:
    """The filter that the settings switch on; None where they don't. Nothing is sent yet.

    Raises:
        EngineFailed: a setting is missing, or can't be meant.
    """
    key = account.key.strip()
    if not key:
        return None
    if not (key.isascii() and key.isalnum()):
        raise EngineFailed(f"{KEY} holds signs that no key has", WHERE, "set it anew")
    if account.seconds < 1:
        raise EngineFailed(f"{SECONDS} is below 1", WHERE, "give whole seconds, such as 5")
    if _parse_address(account.blog) is None:
        raise EngineFailed(
            f"{BLOG} is no web address", WHERE, f"set it, or HARMLEDGER_SITE_URL, to the site that {KEY} is for"
        )
    url = _parse_address(account.url)
    if url is None or (url.scheme != "https" and url.hostname not in HERE):
        raise EngineFailed(f"{URL} is no https address", WHERE, "leave it out, and Akismet's own is taken")
    return Akismet(url._replace(path=url.path.rstrip("/"), query="", fragment=""), key, account)


def _parse_address(url: str) -> SplitResult | None:
    if not (url.isascii() and url.isprintable()) or " " in url:
        return None
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return None
    return parts if usable else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    status: int
    body: bytes
    headers: Answers

    @property
    def told(self) -> str:
        """Akismet's own words about what is wrong, on one line and shortened."""
        said = self.headers.get("x-akismet-debug-help") or self.headers.get("x-akismet-alert-msg") or ""
        line = " ".join("".join(c if c.isprintable() else " " for c in said).split())
        return f": {line[:TOLD_CHARS]}" if line else ""


class Akismet:
    """A SpamFilter elsewhere, which also takes moderators' corrections."""

    def __init__(self, url: SplitResult, key: str, account: AkismetAccount) -> None:
        self._url, self._key, self._account = url, key, account

    @property
    def name(self) -> str:
        return NAME

    def judge(self, submission: Submission) -> SpamVerdict:
        """What Akismet makes of it; whatever isn't a plain answer leaves it unsure."""
        if submission.stays_here:
            return SpamVerdict(
                decision=SpamDecision.UNSURE, by=NAME, reason="not asked: this kind of reply is never sent elsewhere"
            )
        try:
            answer = self._post("comment-check", self._described(submission))
        except EngineFailed as e:
            return _failed(e.what)
        return _read_check(answer, cut=len(submission.text) > SENT_CHARS)

    def submit_spam(self, submission: Submission) -> None:
        """Tell Akismet that a reply was spam which it let pass.

        Raises:
            EngineFailed: it wasn't told.
        """
        self._correct("submit-spam", submission)

    def submit_ham(self, submission: Submission) -> None:
        """Tell Akismet that a reply was no spam, which it took it for.

        Raises:
            EngineFailed: it wasn't told.
        """
        self._correct("submit-ham", submission)

    def verify_key(self) -> None:
        """Ask whether the key is good for this site.

        Raises:
            EngineFailed: it isn't, or that can't be found out.
        """
        answer = self._post("verify-key", {})
        if (answer.status, answer.body.strip()) != (200, b"valid"):
            what = f"the key was not accepted ({answer.status}){answer.told}"
            raise EngineFailed(what, WHERE, f"see {KEY} and {BLOG}")

    def _correct(self, verb: str, submission: Submission) -> None:
        if submission.stays_here:
            raise EngineFailed("this kind of reply is never sent elsewhere", WHERE, "nothing needs to be done")
        answer = self._post(verb, self._described(submission))
        if (answer.status, answer.body.strip()) != (200, TAKEN):
            what = f"the correction was not taken ({answer.status}){answer.told}"
            raise EngineFailed(what, WHERE, "try again later")

    def _described(self, submission: Submission) -> dict[str, str]:
        """What is sent of a submission: only these, and those of the sender only where the settings allow it."""
        sent = {
            "user_ip": NO_ADDRESS,
            "comment_type": "comment",
            "comment_author": submission.name,
            "comment_content": submission.text[:SENT_CHARS],
            "permalink": submission.permalink,
            "blog_lang": submission.language or "",
            "blog_charset": "UTF-8",
        }
        if self._account.sends_address:
            sender = submission.sender
            sent |= {"user_agent": sender.agent, "comment_author_email": sender.email}
            sent["user_ip"] = sender.address or NO_ADDRESS
        return {name: value for name, value in sent.items() if value}

    def _post(self, verb: str, fields: Mapping[str, str]) -> _Answer:
        # verify-key has it as `key` in older descriptions of the protocol, as `api_key` in newer ones
        both = {"api_key": self._key, "key": self._key} if verb == "verify-key" else {"api_key": self._key}
        body = urlencode({**both, "blog": self._account.blog, **fields}, errors="replace").encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": f"harmledger/{__version__}"}
        try:
            with connected(self._url, self._account.seconds) as connection:
                connection.request("POST", f"{self._url.path}/1.1/{verb}", body, headers)
                response = connection.getresponse()
                told = {name.lower(): value.replace(self._key, "█") for name, value in response.headers.items()}
                content = response.read(ANSWER_BYTES + 1)
                if response.length and len(content) <= ANSWER_BYTES:
                    raise HTTPException("the answer is shorter than it said")
        except TimeoutError as e:
            what = f"no answer came within {self._account.seconds} seconds"
            raise EngineFailed(what, WHERE, f"try again, or give it more time in {SECONDS}") from e
        except (OSError, HTTPException, ValueError) as e:
            raise EngineFailed(
                f"it can't be reached or broke off ({type(e).__name__})", WHERE, "try again later"
            ) from e
        return _Answer(status=response.status, body=content, headers=told)


def _read_check(answer: _Answer, *, cut: bool) -> SpamVerdict:
    """What an answer to comment-check means: nothing but `true` or `false` with 200 decides."""
    body = answer.body
    if answer.status != 200 or body not in {b"true", b"false"}:
        return _failed(_explain(answer))
    if body == b"true":
        blatant = answer.headers.get("x-akismet-pro-tip", "").strip().lower() == "discard"
        reason = "takes it for blatant spam" if blatant else "takes it for spam"
        return SpamVerdict(decision=SpamDecision.SPAM, by=NAME, reason=reason, blatant=blatant)
    if "x-akismet-recheck-after" in answer.headers:
        return SpamVerdict(decision=SpamDecision.UNSURE, by=NAME, reason="is not done with it yet")
    if cut:
        return SpamVerdict(decision=SpamDecision.UNSURE, by=NAME, reason="was sent only the beginning")
    return SpamVerdict(decision=SpamDecision.HAM, by=NAME, reason="doesn't take it for spam")


def _explain(answer: _Answer) -> str:
    if answer.status != 200:
        redirect = "; redirects are not followed" if 300 <= answer.status < 400 else ""
        return f"answered with {answer.status}{redirect}{answer.told}"
    if answer.body.strip() == b"invalid":
        return f"refused the question{answer.told}"
    return f"gave no answer that can be understood{answer.told}"


def _failed(reason: str) -> SpamVerdict:
    return SpamVerdict(decision=SpamDecision.UNSURE, by=NAME, reason=reason, failed=True)
