"""Which names are withheld: rulings are only added, of a name the last one stands, and victims are withheld until they are released."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from fakes import FIXED_NOW, fixed_now, load_fake, write_reports

from harmledger.cli import main
from harmledger.domain import Reading, Rule, Verdict
from harmledger.errors import BadInput, NotFound
from harmledger.exporting import export_incidents
from harmledger.linking import link_ledger
from harmledger.pipeline import read_reports
from harmledger.review.decide import Said, SubjectKind
from harmledger.review.enter import enter_victim
from harmledger.store import Ledger, open_ledger
from harmledger.store.decisions import add_decision, add_entered
from harmledger.store.withheld import lift, list_withheld, load_withholding, withhold

TEXT = "Nadia Barakat and نادية بركات were seen."


@pytest.fixture
def ledger(tmp_path: Path, database: str) -> Iterator[Ledger]:
    opened = open_ledger(tmp_path / "ledger", now=fixed_now, database=database)
    yield opened
    opened.close()


def hold(ledger: Ledger, name: str, reason: str = "asked for") -> int:
    with ledger.writing() as connection:
        return withhold(connection, name, who="Amal", reason=reason, now=FIXED_NOW)


def struck(ledger: Ledger, text: str = TEXT) -> str:
    with ledger.reading() as connection:
        return load_withholding(connection).text(text)


def read(ledger: Ledger, tmp_path: Path) -> list[Reading]:
    path = write_reports(tmp_path / "reports.jsonl", 1)
    return list(read_reports([str(path)], load=partial(load_fake, "1"), now=fixed_now, keeper=ledger))


def test_of_a_name_the_last_ruling_stands(ledger: Ledger) -> None:
    """A name is struck from the ruling on, shown again once it is lifted, and struck again by a new ruling."""
    assert struck(ledger) == TEXT
    first = hold(ledger, "Nadia Barakat")
    assert struck(ledger).startswith("█████████████ and نادية")
    with ledger.writing() as connection:
        assert lift(connection, first, who="Bo", reason="allowed", now=FIXED_NOW).name == "Nadia Barakat"
    assert struck(ledger) == TEXT
    again = hold(ledger, " nadia  BARAKAT ")
    with ledger.reading() as connection:
        (listed,) = list_withheld(connection)
    assert (listed.number, again, listed.reason) == (3, 3, "asked for")


@pytest.mark.parametrize("name", ["", "N", "*", "…", "N*", "na*dia", "x" * 201])
def test_what_is_no_name_is_refused(ledger: Ledger, name: str) -> None:
    """One letter, none, a star within, or a whole page strike nothing."""
    with pytest.raises(BadInput):
        hold(ledger, name)


def test_nothing_is_withheld_or_lifted_without_a_reason(ledger: Ledger) -> None:
    """Whoever rules says why; what isn't held can't be lifted, nor held twice."""
    with pytest.raises(BadInput):
        hold(ledger, "Nadia", reason=" ")
    number = hold(ledger, "Nadia")
    with pytest.raises(BadInput):
        hold(ledger, "NADIA")
    with ledger.writing() as connection:
        with pytest.raises(BadInput):
            lift(connection, number, who="Bo", reason="", now=FIXED_NOW)
        with pytest.raises(NotFound):
            lift(connection, number + 1, who="Bo", reason="why", now=FIXED_NOW)


def test_victims_are_withheld_until_they_are_released(ledger: Ledger, tmp_path: Path) -> None:
    """Every spelling of a victim is struck without a ruling, shown once somebody releases it, and struck again once it is withheld."""
    (reading,) = read(ledger, tmp_path)
    document = reading.document
    names = ["Nadia Barakat", "نادية بركات"]
    victim = enter_victim(
        document.document_id,
        document.text,
        quote="Nobody was hurt elsewhere.",
        salt="s",
        names=names,
        said={},
        claims=[],
    )
    add_entered(ledger, victim, who="Amal", reason="named", now=FIXED_NOW)
    assert struck(ledger) == f"{'█' * 13} and {'█' * 11} were seen."
    rule(ledger, victim.victim_id, Verdict.RELEASE)
    assert struck(ledger) == TEXT
    rule(ledger, victim.victim_id, Verdict.WITHHOLD)
    assert struck(ledger).count("█") == 24


def rule(ledger: Ledger, victim: str, verdict: Verdict) -> None:
    said = Said(subject=victim, kind=SubjectKind.VICTIM, verdict=verdict, who="Amal", reason="the family says so")
    add_decision(ledger, said, now=FIXED_NOW)


def test_exports_strike_withheld_names(ledger: Ledger, tmp_path: Path) -> None:
    """What is exported holds the name nowhere: in no quote, title or attribution; its codes are as before."""
    read(ledger, tmp_path)
    link_ledger(ledger, now=fixed_now)

    def exported() -> list[dict[str, object]]:
        with ledger.reading() as connection:
            return [asdict(each) for each in export_incidents(connection, ledger.folder, Rule.RANGE)]

    before = exported()
    assert "medic" in str(before)
    hold(ledger, "a medic")
    after = exported()
    assert "medic " not in str(after)
    assert "█" in str(after)
    assert [each["grade"] for each in after] == [each["grade"] for each in before]


def test_leads_rule_on_the_command_line(tmp_path: Path) -> None:
    """A name is added, listed with its reason, and lifted; the audit notes the ruling without the name."""
    folder = str(tmp_path / "ledger")
    open_ledger(Path(folder), now=fixed_now).close()

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(main, ["withhold", *arguments, "--ledger", folder])
        assert result.exit_code == 0, result.output
        return result.output

    run("add", "Nadia Barakat", "--by", "Amal", "--reason", "the family asked")
    assert "1  Nadia Barakat  by Amal" in run("list")
    run("lift", "1", "--by", "Bo", "--reason", "the family allows it")
    assert "no name is withheld" in run("list")
    audit = CliRunner().invoke(main, ["account", "audit", "--ledger", folder]).output
    assert "withhold-name  ruling 1, by Amal" in audit
    assert "Nadia" not in audit
