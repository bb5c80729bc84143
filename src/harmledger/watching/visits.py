"""One task done: a listing looked at, or a page fetched and filed. What came of it and what comes next go into the ledger in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from harmledger.addresses import host_of
from harmledger.collect.feeds import Listing, read_listing, take_wanted
from harmledger.collect.fetch import Fetches
from harmledger.collect.robots import Robots, Rules
from harmledger.collect.web import capture_page
from harmledger.collecting.pages import BY, file_page
from harmledger.domain import (
    Asked,
    Capture,
    Fetched,
    FetchOutcome,
    Found,
    Led,
    ListingKind,
    NotFetched,
    PageState,
    Task,
    WatchedSource,
    WatchList,
)
from harmledger.errors import BadInput
from harmledger.store import Ledger
from harmledger.store.fetches import ask_again, note_not_fetched
from harmledger.store.frontier import add_found, change_page
from harmledger.store.watched import add_sitemaps, end_look
from harmledger.watching.timing import next_look, next_recheck, next_try

MOST_SITEMAPS = 100
"""Of an index, those changed last: outlets have one a month, or one a thousand pages."""
DEEPEST_INDEX = 2
"""Indexes above a sitemap; the protocol has one."""
PUT_OFF = timedelta(minutes=5)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What became of a task."""

    task: Task
    outcome: FetchOutcome
    pause: timedelta = timedelta()
    """As long as its host wants to be left alone."""
    failed: NotFetched | None = None
    capture: Capture | None = None
    """Filed, and to be read."""
    charset: str | None = None
    found: int = 0
    """New pages that a listing named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """A task that leads on to another host."""

    led: Led
    pause: timedelta
    """As of a visit, for the host that was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Does tasks; safe to use from several threads."""

    ledger: Ledger
    fetches: Fetches
    robots: Robots
    watched: WatchList
    now: Callable[[], datetime]

    def visit(self, task: Task) -> Visit | Onward | timedelta:
        """Do a task, or as much of it as its host is for; a pause where its host was asked for its robots.txt instead, and the task is still to be done.

        Raises:
            SourceFailed: the ledger can't be written; the task is as it was.
        """
        from_public = task.led is not None and task.led.from_public
        rules = self.robots.find(task.at, from_public=from_public)
        if rules is None:
            return self.robots.ask(task.at, from_public=from_public).delay
        if rules.failed:
            what = f"the host's robots.txt can't be had, so nothing else is asked for ({rules.failed.message})"
            asked = replace(rules.failed, asked=task.url, url=task.at, message=what, started=self.now())
            return self.fail(task, asked)
        answer = self._ask(task, rules)
        if isinstance(answer, Led):
            return Onward(led=answer, pause=rules.delay)
        visit = self._end_look_at(task, task.listing, answer) if task.listing else self._end_fetch(task, answer)
        return replace(visit, pause=rules.delay)

    def _ask(self, task: Task, rules: Rules) -> Fetched | NotFetched | Led:
        """Hop after hop on one host, as far as its robots.txt lets us; where that leads to another host, its turn is another."""
        at: Asked | Led = task.led or self._asked(task)
        while rules.allows(at.url):
            found = self.fetches.step(at)
            if not isinstance(found, Led) or host_of(found.url) != task.host:
                return found
            at = found
        return self._forbidden(task, at.url)

    def _asked(self, task: Task) -> Asked:
        if task.listing:
            return Asked(url=task.url, etag=task.etag, last_modified=task.last_modified)
        with self.ledger.reading() as connection:
            return ask_again(connection, task.url)

    def fail(self, task: Task, failed: NotFetched) -> Visit:
        """Note a failure, and when the task is tried again."""
        if task.listing:
            self._end_failed_look(task, failed)
        else:
            self._end_failed_fetch(task, failed)
        return Visit(task=task, outcome=failed.outcome, failed=failed)

    def put_off(self, task: Task) -> None:
        """Have a task wait a little, though nothing failed."""
        due = self.now() + PUT_OFF
        with self.ledger.writing() as connection:
            if task.listing:
                end_look(connection, task.key, {"due": due})
            else:
                change_page(connection, task.key, due=due)

    def break_off(self, task: Task, error: Exception) -> Visit:
        """Note that collecting broke on what came: a fault of ours, which must not stop the rest."""
        what = f"{task.url}: collecting it broke ({type(error).__name__}: {str(error)[:200]}); please report it."
        return self.fail(task, self._failed(task, FetchOutcome.GARBLED, what))

    # --- listings ---

    def _end_look_at(self, task: Task, kind: ListingKind, answer: Fetched | NotFetched) -> Visit:
        source = self._source(task)
        if isinstance(answer, NotFetched):
            if answer.outcome is FetchOutcome.UNCHANGED:
                return self._end_look(task, source, Listing(()), outcome=FetchOutcome.UNCHANGED)
            return self.fail(task, answer)
        try:
            listing = read_listing(answer, kind, every_link=bool(source.include))
        except BadInput as e:
            return self.fail(task, self._failed(task, FetchOutcome.NO_PAGE, str(e), status=answer.status))
        validators = {"etag": answer.etag, "last_modified": answer.last_modified}
        return self._end_look(task, source, listing, outcome=FetchOutcome.CAPTURED, **validators)

    def _end_look(
        self, task: Task, source: WatchedSource, listing: Listing, *, outcome: FetchOutcome, **validators: str | None
    ) -> Visit:
        """What was found and that it was looked at are one: a listing whose pages weren't noted is asked for whole again."""
        now = self.now()
        pages = _newest_first(take_wanted(listing.pages, source))
        sitemaps = _newest_first(take_wanted(listing.sitemaps, replace(source, include=(), exclude=())))
        names = [each.name for each in self.watched.sources]
        with self.ledger.writing() as connection:
            found = add_found(connection, pages, source=source.name, most=source.most, now=now, watched=names)
            if task.depth < DEEPEST_INDEX:
                add_sitemaps(connection, task, sitemaps[:MOST_SITEMAPS], now=now)
            some_left = found == source.most
            if some_left:  # said to be unchanged, the rest would never be taken
                validators = {"etag": None, "last_modified": None}
            again = some_left or not task.depth
            due = next_look(source, task.key, tries=0, failed=None, now=now) if again else None
            told = {"due": due, "checked": now, "tries": 0, "outcome": outcome.value, "message": None, **validators}
            end_look(connection, task.key, told, found=found)
        return Visit(task=task, outcome=outcome, found=found)

    def _end_failed_look(self, task: Task, failed: NotFetched) -> None:
        now, tries = self.now(), task.tries + 1
        is_over = task.depth > 0 and tries >= self.watched.patience.tries
        due = None if is_over else next_look(self._source(task), task.key, tries=tries, failed=failed, now=now)
        told = {"due": due, "tries": tries, "outcome": failed.outcome.value, "message": failed.message}
        with self.ledger.writing() as connection:
            end_look(connection, task.key, told)

    # --- pages ---

    def _end_fetch(self, task: Task, answer: Fetched | NotFetched) -> Visit:
        if isinstance(answer, NotFetched):
            return (
                self._end_unchanged(task, answer)
                if answer.outcome is FetchOutcome.UNCHANGED
                else self.fail(task, answer)
            )
        try:
            return self._file(task, answer, capture_page(answer, by=BY))
        except BadInput as e:  # no page, or one that was forgotten
            return self.fail(task, self._failed(task, FetchOutcome.NO_PAGE, str(e), status=answer.status))

    def _file(self, task: Task, answer: Fetched, capture: Capture) -> Visit:
        """What came, and where the page stands now."""

        def move(connection: Connection, filed: Capture, outcome: FetchOutcome) -> None:
            unread = {"capture_id": filed.capture_id, "charset": answer.charset}
            change_page(
                connection,
                task.key,
                **self._after_success(task),
                **(unread if outcome is FetchOutcome.CAPTURED else {}),
            )

        filed, outcome = file_page(self.ledger, answer, capture, move)
        return Visit(task=task, outcome=outcome, capture=filed if outcome is FetchOutcome.CAPTURED else None)

    def _end_unchanged(self, task: Task, answer: NotFetched) -> Visit:
        with self.ledger.writing() as connection:
            note_not_fetched(connection, answer)
            change_page(connection, task.key, **self._after_success(task))
        return Visit(task=task, outcome=answer.outcome)

    def _after_success(self, task: Task) -> dict[str, object]:
        now, visits = self.now(), task.visits + 1
        first = task.first or now
        due = next_recheck(task.key, visits=visits, first=first, patience=self.watched.patience, now=now)
        return {"state": _state(due), "due": due, "tries": 0, "visits": visits, "first": first}

    def _end_failed_fetch(self, task: Task, failed: NotFetched) -> None:
        with self.ledger.writing() as connection:
            note_not_fetched(connection, failed)
            change_page(connection, task.key, **self._after_failure(task, failed))

    def _after_failure(self, task: Task, failed: NotFetched) -> dict[str, object]:
        """Another try, if it may help; else the next re-check of a page that is captured already and not gone; else nothing."""
        now, tries, patience = self.now(), task.tries + 1, self.watched.patience
        due = next_try(task.key, failed, tries=tries, patience=patience, now=now)
        if due is not None:
            return {"state": PageState.WAITING.value, "due": due, "tries": tries}
        if task.first is None or failed.outcome is FetchOutcome.GONE:
            return {"state": PageState.GIVEN_UP.value, "due": None, "tries": tries}
        visits = task.visits + 1
        due = next_recheck(task.key, visits=visits, first=task.first, patience=patience, now=now)
        return {"state": _state(due), "due": due, "tries": 0, "visits": visits}

    # --- ---

    def _source(self, task: Task) -> WatchedSource:
        return next(source for source in self.watched.sources if source.name == task.source)

    def _forbidden(self, task: Task, url: str) -> NotFetched:
        where = task.url if url == task.url else f"{task.url}, which leads to {url}"
        what = (
            f"{where}: its host's robots.txt asks programs like this one not to; read it yourself, or ask the outlet."
        )
        return self._failed(task, FetchOutcome.ROBOTS, what)

    def _failed(self, task: Task, outcome: FetchOutcome, message: str, *, status: int | None = None) -> NotFetched:
        return NotFetched(
            asked=task.url, url=task.url, outcome=outcome, message=message, status=status, started=self.now()
        )


def _newest_first(found: Iterable[Found]) -> Sequence[Found]:
    return sorted(found, key=lambda each: each.dated or _LONG_AGO, reverse=True)


def _state(due: datetime | None) -> str:
    return (PageState.WAITING if due else PageState.DONE).value
