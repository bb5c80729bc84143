"""A user's own gazetteer is taken in whole, or refused in one sentence."""

from __future__ import annotations

import multiprocessing
import zipfile
from pathlib import Path

import pytest

from harmledger.errors import BadInput
from harmledger.resources.gazetteer import load_gazetteer
from harmledger.resources.gazetteer.add import add_gazetteer
from harmledger.resources.gazetteer.entry import PlaceKind


def geonames_row(
    id_: int, name: str, others: str = "", *, feature: str = "P\tPPL", lat: str = "35.5", people: int = 0
) -> str:
    return f"{id_}\t{name}\t{name}\t{others}\t{lat}\t40.25\t{feature}\tSY\t\t07\t\t\t\t{people}\t\t200\tAsia/Damascus\t2020-01-01\n"


DUMP = (
    geonames_row(900001, "Qaryat Nimrud", "Nimroud Village,قرية نمرود")
    + geonames_row(900002, "Wadi Nimrud", feature="H\tWAD")
    + geonames_row(900003, "Mashfa Nimrud", "Nimrud Hospital", feature="S\tHSP")
    + geonames_row(900004, "Nowhere", lat="north")
)
CODES = (
    "admin1Name_en,admin1Name_ar,admin1Pcode,admin4Name_en,admin4Name_ar,admin4Pcode,latitude_y,longitude_x\n"
    "Deir-ez-Zor,دير الزور,SY09,Tell Zarzur,تل زرزور,C9001,35.25,40.5\n"
    "Deir-ez-Zor,دير الزور,SY09,Unplaced,,C9002,,\n"
)


def test_a_geonames_dump(tmp_path: Path) -> None:
    """Places and landmarks of a dump are found by all their names; streams and rows without a point are not taken."""
    file = tmp_path / "SY.txt"
    file.write_text(DUMP, encoding="utf-8")
    added = add_gazetteer(file, tmp_path / "ledger")
    assert (added.kind, added.places, added.skipped) == ("GeoNames", 2, 2)
    gazetteer = load_gazetteer(tmp_path / "ledger")
    (village,) = gazetteer.find("Nimroud Village")
    assert (village.entry.id, village.entry.admin1) == ("900001", "Deir ez-Zor")
    assert gazetteer.find("قرية نمرود")[0].entry == village.entry
    assert gazetteer.find("Nimrud Hospital")[0].entry.kind is PlaceKind.LANDMARK
    assert gazetteer.find("Aleppo"), "the packaged places are still there"


def test_a_zipped_dump(tmp_path: Path) -> None:
    """A dump is taken from the zip it comes in."""
    file = tmp_path / "SY.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "about this file")
        archive.writestr("SY.txt", DUMP)
    assert add_gazetteer(file, tmp_path).places == 2


def test_a_table_of_place_codes(tmp_path: Path) -> None:
    """Place codes keep their code as id, and their division by the name that the packaged gazetteer gives it."""
    file = tmp_path / "syr_pplp.csv"
    file.write_text(CODES, encoding="utf-8-sig")
    added = add_gazetteer(file, tmp_path)
    assert (added.kind, added.places, added.skipped) == ("place codes", 1, 1)
    (place,) = load_gazetteer(tmp_path).find("Tal Zarzour")
    assert (place.entry.gazetteer, place.entry.id, place.entry.admin1) == ("ocha", "C9001", "Deir ez-Zor")
    assert load_gazetteer(tmp_path).find("تل زرزور")


def test_adding_again_replaces(tmp_path: Path) -> None:
    """The same file added anew replaces what it gave; another file's places stay."""
    file, other = tmp_path / "SY.txt", tmp_path / "codes.csv"
    file.write_text(DUMP, encoding="utf-8")
    other.write_text(CODES, encoding="utf-8")
    for each in (file, other, file):
        add_gazetteer(each, tmp_path)
    file.write_text(geonames_row(900009, "Qasr Nimrud"), encoding="utf-8")
    add_gazetteer(file, tmp_path)
    gazetteer = load_gazetteer(tmp_path)
    assert not gazetteer.find("Qaryat Nimrud")
    assert len(gazetteer.find("Qasr Nimrud")) == 1
    assert len(gazetteer.find("Tell Zarzur")) == 1


def test_an_own_place_stands_in_for_the_packaged_one(tmp_path: Path) -> None:
    """A place that both gazetteers have comes once, as the user's file gives it."""
    file = tmp_path / "SY.txt"
    file.write_text(geonames_row(173480, "Al Mayadin", people=60000), encoding="utf-8")
    add_gazetteer(file, tmp_path)
    found = [n.entry for n in load_gazetteer(tmp_path).find("Al Mayadin") if n.entry.id == "173480"]
    assert [entry.population for entry in found] == [60000]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "neither"),
        ("prose.txt", b"Once upon a time there was a town.\nIt had a name.\n", "neither"),
        ("names.csv", b"name,lat,lon\nX,1,2\n", "neither"),
        ("codes.csv", b"admin1Name_en,admin1Pcode\nHama,SY05\n", "neither"),
        ("pointless.csv", b"admin1Name_en,admin1Pcode,lat,lon\nHama,SY05,,\n", "no place"),
        ("binary.txt", bytes(range(256)) * 40, "UTF-8|no gazetteer has"),
        ("arabic.txt", "حماة".encode("cp1256") * 40, "UTF-8"),
        ("long.txt", b"x" * 500_000, "no gazetteer has"),
        ("broken.zip", b"PK\x03\x04" + b"\0" * 200, "."),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    """What is no gazetteer is refused in one sentence that names the file, and nothing of it is kept."""
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(BadInput, match=says) as refused:
        add_gazetteer(file, tmp_path / "ledger")
    assert name in str(refused.value)
    assert load_gazetteer(tmp_path / "ledger").find("Hama")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """A file that isn't there is named."""
    with pytest.raises(BadInput, match=r"nowhere\.txt"):
        add_gazetteer(tmp_path / "nowhere.txt", tmp_path)


def test_a_dump_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    """A fault in the middle of a file undoes what was read before it."""
    file = tmp_path / "SY.txt"
    file.write_bytes((DUMP * 30).encode() + b"\xff\xfe\xff")
    with pytest.raises(BadInput):
        add_gazetteer(file, tmp_path)
    assert not load_gazetteer(tmp_path).find("Qaryat Nimrud")


def test_progress_is_told(tmp_path: Path) -> None:
    """A long file says now and then how far it is."""
    file, told = tmp_path / "SY.txt", []
    file.write_text("".join(geonames_row(n, f"Place {n}") for n in range(1, 20_002)), encoding="utf-8")
    add_gazetteer(file, tmp_path, progress=told.append)
    assert told == [10_000, 20_000]


def test_two_processes_may_add_at_once(tmp_path: Path) -> None:
    """Files added at the same moment by two processes are both kept."""
    files = [tmp_path / "SY.txt", tmp_path / "codes.csv"]
    for file, content in zip(files, (DUMP, CODES), strict=True):
        file.write_text(content, encoding="utf-8")
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.starmap(add_gazetteer, [(file, tmp_path / "ledger") for file in files])
    gazetteer = load_gazetteer(tmp_path / "ledger")
    assert gazetteer.find("Qaryat Nimrud")
    assert gazetteer.find("Tell Zarzur")
