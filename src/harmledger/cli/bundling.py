"""`harmledger bundle`: incidents and their evidence in one file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from harmledger.bundling import BundleAsked, Bundled, OfNamed, make_bundle
from harmledger.cli import tell, utc_now
from harmledger.cli.ledgers import opened


def bundle_and_tell(folder: str, incidents: Sequence[str], *, out: str, closed: bool, named: str) -> None:
    """Write the bundle, and tell what is in it and what isn't."""
    asked = BundleAsked(incidents=incidents, closed=closed, named=OfNamed(named), made=utc_now())
    with opened(folder) as ledger, ledger.reading() as connection:
        bundled = make_bundle(ledger, connection, asked, Path(out))
    for line in _told(bundled, out):
        tell(line)


def _told(bundled: Bundled, out: str) -> list[str]:
    counted = (_count(bundled.incidents, "incident"), _count(bundled.reports, "report"))
    told = [f"{', '.join(counted)}, {_count(bundled.captures, 'capture')} in {out} ({bundled.bytes:,} bytes)"]
    if bundled.from_files:
        told.append(f"{_count(bundled.from_files, 'capture')} came as files, without request and answer")
    if bundled.closed:
        told.append(f"{_count(bundled.closed, 'closed report')} left out; --closed bundles them too")
    if bundled.named:
        told.append(f"{_count(bundled.named, 'report')} left out: names in them are withheld")
    return told


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"
