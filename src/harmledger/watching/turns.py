"""Whose turn it is: one request at a time to a host, pauses between them, several hosts at once.

What is due stands in the ledger; a little of it for each host waits here. Threads take tasks and give them back; nothing here asks anybody.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from harmledger.addresses import host_of
from harmledger.domain import Led, NotFetched, Task, WatchList
from harmledger.store import Ledger
from harmledger.store.frontier import find_next_due, list_due_hosts, list_due_pages
from harmledger.store.watched import find_next_look, list_due_listings
from harmledger.watching.timing import OF_HOST, host_pause

PAGES_AHEAD = 20
"""Of one host that are held in memory."""
HOSTS_AHEAD = 200
"""Whose pages are held in memory, those first that waited longest."""
LISTINGS_AHEAD = 500
LED_BYTES = 64_000_000
"""Of answers that lead to other hosts, while these aren't asked yet: a hostile one is as long as a page may be."""
LEAST_LED = 100_000
"""What one counts as at the least, so that there are some hundred."""
LONGEST_WAIT = timedelta(seconds=1)
"""After which a waiting thread looks whether it is to stop."""
LOOK_AGAIN = timedelta(minutes=1)
"""After which the ledger is looked into though nothing is known to be due; others may write there."""
WORTH_WAITING = timedelta(minutes=2)
"""A run that ends when all is done doesn't wait longer for a host that wants to be left alone."""
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

Wait = Callable[[threading.Condition, float], object]


@dataclass(slots=True)
class _Host:
    waiting: deque[Task] = field(default_factory=deque[Task])
    busy: bool = False
    free: datetime = _LONG_AGO
    """When it may be asked again."""
    failures: int = 0
    """In a row, of the kind that its other pages would meet too."""


def _size(led: Led) -> int:
    return max(LEAST_LED, sum(len(exchange.payload) for exchange in led.exchanges))


def wait_for(changed: threading.Condition, seconds: float) -> None:
    """Until something changes, or so long."""
    changed.wait(seconds)


class Turns:
    """Tasks as they fall due, by host; safe to ask from several threads."""

    def __init__(
        self,
        ledger: Ledger,
        watched: WatchList,
        *,
        now: Callable[[], datetime],
        is_over: Callable[[], bool],
        once: bool = False,
        wait: Wait = wait_for,
    ) -> None:
        """`is_over`: no task is given out any more; `once`: nor when nothing is due; `wait` stands in for the clock's."""
        self._ledger, self._now, self._is_over, self._once, self._wait = ledger, now, is_over, once, wait
        self._names = [source.name for source in watched.sources]
        self._delay = watched.patience.delay
        self._hosts: OrderedDict[str, _Host] = OrderedDict()
        self._held: set[str] = set()
        self._look = _LONG_AGO
        self._ended = False
        self._changed = threading.Condition()

    def take(self) -> Task | None:
        """The next task, as soon as there is one; None once there will be none."""
        with self._changed:
            while not self._ended and not self._is_over():
                now = self._now()
                if now >= self._look:
                    self._fill(now)
                if task := self._find_ready(now):
                    return task
                if self._once and self._is_done(now):
                    break
                self._wait(self._changed, self._seconds_to_wait(now))
            self._ended = True
            self._changed.notify_all()
            return None

    def give_back(self, task: Task, *, pause: timedelta, failed: NotFetched | None) -> None:
        """A task is done with, well or not; its host is left alone for the pause, or longer where it seems to be down."""
        with self._changed:
            host = self._hosts[task.host]
            host.failures = host.failures + 1 if failed and failed.outcome in OF_HOST else 0
            resting = host_pause(failed, failures=host.failures) if failed else timedelta()
            self._release(host, max(self._delay, pause, resting))
            self._held.discard(task.key)
            if task.listing or not host.waiting:
                self._look = _LONG_AGO

    def put_back(self, task: Task, *, pause: timedelta) -> None:
        """A task wasn't done, since its host had to be asked something else first: it is the host's next."""
        with self._changed:
            host = self._hosts[task.host]
            host.waiting.appendleft(task)
            self._release(host, max(self._delay, pause))

    def lead_on(self, task: Task, led: Led, *, pause: timedelta) -> bool:
        """A task redirects to another host: it is that host's next. False where too much waits for the same reason, and the task is still held."""
        with self._changed:
            if self._led_bytes() + _size(led) > LED_BYTES:
                return False
            onward = replace(task, host=host_of(led.url), led=led)
            self._hold(onward.host).waiting.appendleft(onward)
            self._release(self._hosts[task.host], max(self._delay, pause))
            return True

    def end(self) -> None:
        """Give out no more."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _release(self, host: _Host, pause: timedelta) -> None:
        host.busy, host.free = False, self._now() + pause
        self._changed.notify_all()

    # --- inside the lock ---

    def _find_ready(self, now: datetime) -> Task | None:
        for name, host in self._hosts.items():
            if host.waiting and not host.busy and host.free <= now:
                host.busy = True
                self._hosts.move_to_end(name)
                return host.waiting.popleft()
        return None

    def _fill(self, now: datetime) -> None:
        """Look into the ledger for what is due, a little of it for each host."""
        self._forget_idle(now)
        with self._ledger.reading() as connection:
            listings = list_due_listings(connection, self._names, now=now, most=LISTINGS_AHEAD)
            for task in reversed(listings):
                if task.key not in self._held:
                    self._hold(task.host).waiting.appendleft(task)
                    self._held.add(task.key)
            for name in list_due_hosts(connection, self._names, now=now, most=HOSTS_AHEAD):
                if not self._hold(name).waiting:
                    self._add(list_due_pages(connection, name, self._names, now=now, most=PAGES_AHEAD))
            soon = (find_next_due(connection, self._names), find_next_look(connection, self._names))
        later = [due for due in soon if due and due > now]
        self._look = min([now + LOOK_AGAIN, *later])

    def _add(self, pages: Iterable[Task]) -> None:
        for task in pages:
            if task.key not in self._held:
                self._hosts[task.host].waiting.append(task)
                self._held.add(task.key)

    def _led_bytes(self) -> int:
        return sum(_size(task.led) for host in self._hosts.values() for task in host.waiting if task.led)

    def _hold(self, name: str) -> _Host:
        return self._hosts.setdefault(name, _Host())

    def _forget_idle(self, now: datetime) -> None:
        idle = [name for name, host in self._hosts.items() if not host.waiting and not host.busy and host.free <= now]
        for name in idle:
            if not self._hosts[name].failures:
                del self._hosts[name]

    def _is_done(self, now: datetime) -> bool:
        """Whether nothing is under way, or will be before long."""
        busy = any(host.busy for host in self._hosts.values())
        return not busy and not any(host.waiting and host.free - now <= WORTH_WAITING for host in self._hosts.values())

    def _seconds_to_wait(self, now: datetime) -> float:
        free = [host.free - now for host in self._hosts.values() if host.waiting and not host.busy]
        return max(min([LONGEST_WAIT, self._look - now, *free]).total_seconds(), 0.001)
