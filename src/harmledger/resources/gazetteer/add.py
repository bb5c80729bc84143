"""Takes a gazetteer that a user has into a ledger's folder: a GeoNames dump, or a table of OCHA's place codes.

A GeoNames dump is the tab-separated `allCountries.txt` or `SY.txt`, or the zip it comes in; of it populated places,
divisions, regions and the landmarks that the press names are kept. A place-code table is a CSV with columns such as
`admin4Name_en`, `admin4Name_ar`, `admin4Pcode`, `latitude`, `longitude` (or `ADM3_EN`, `ADM3_PCODE`, `lat`, `lon`).
Files are read line by line; a file is taken in whole or not at all, and taking it in again replaces its places.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO

from harmledger.errors import BadInput
from harmledger.resources.gazetteer.build import kind_by_population
from harmledger.resources.gazetteer.entry import Entry, PlaceKind
from harmledger.resources.gazetteer.index import OWN_FILE, SPELT_BY_EAR, GazetteerWriter
from harmledger.resources.gazetteer.reviewed import read_reviewed
from harmledger.text.transliterate import sound_key

MAX_LINE = 200_000
"""Characters of one line; GeoNames' longest has some 20,000."""
SAMPLE = 50
"""Lines that are looked at to tell what a file is."""
STEP = 10_000
"""Places between two calls of `progress`."""
GEONAMES_COLUMNS = 19
_WIDTH = re.compile(r"^\d+\t[^\t]*\t")
_LANDMARKS = frozenset(
    "AIRP AIRB AIRF AIRH HSP HSPC CMP CMPRF DAM MSQE BDG CTRB PRN UNIV OILF GASF MILB INSM PS MT HLL PASS".split()
)
_SETTLEMENTS = {"PPLC": PlaceKind.CITY, "PPLA": PlaceKind.CITY, "PPLX": PlaceKind.NEIGHBOURHOOD}
_DIVISIONS = {"ADM1": PlaceKind.PROVINCE, "ADM2": PlaceKind.DISTRICT, "ADM3": PlaceKind.SUBDISTRICT}
_LEVELS = (
    None,
    PlaceKind.PROVINCE,
    PlaceKind.DISTRICT,
    PlaceKind.SUBDISTRICT,
    PlaceKind.VILLAGE,
    PlaceKind.NEIGHBOURHOOD,
)
_NAME_COLUMN = re.compile(r"^adm(?:in)?(\d)_?(?:name)?_?([a-z]{2})?$")
_CODE_COLUMN = re.compile(r"^adm(?:in)?(\d)_?pcode$")
_LAT_COLUMNS = ("latitude", "lat", "y", "point_y", "center_lat", "centroid_lat", "lat_dd", "latitude_y")
_LON_COLUMNS = (
    "longitude",
    "lon",
    "long",
    "lng",
    "x",
    "point_x",
    "center_lon",
    "centroid_lon",
    "lon_dd",
    "longitude_x",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What was taken in from one file."""

    file: Path
    """The ledger's gazetteer file, which now holds it."""
    kind: str
    """`GeoNames` or `place codes`."""
    places: int
    skipped: int
    """Rows without name or point, and of GeoNames those that are no places of harm (streams, fields, parks)."""


def add_gazetteer(file: Path, folder: Path, *, progress: Callable[[int], None] | None = None) -> Added:
    """Take the places of a file into the folder's own gazetteer, in place of those the same file gave before.

    `progress` is told the number of rows read, every `STEP` rows. Raises BadInput if the file is neither a GeoNames dump nor a
    table of place codes with coordinates, or breaks off in the middle.
    """
    folder.mkdir(parents=True, exist_ok=True)
    places = skipped = 0
    with _lines(file) as lines, GazetteerWriter(folder / OWN_FILE) as writer:
        kind, rows = _recognise(file, lines)
        writer.begin(file.name)
        for read, row in enumerate(rows, 1):
            if row:
                writer.add(row[0], row[1], by_skeleton=row[0].country in SPELT_BY_EAR)
            places, skipped = places + bool(row), skipped + (not row)
            if progress and not read % STEP:
                progress(read)
        if not places:
            raise BadInput(
                "there is no place with a name and coordinates in it", str(file), "give a GeoNames dump or place codes"
            )
    return Added(file=folder / OWN_FILE, kind=kind, places=places, skipped=skipped)


Row = tuple[Entry, list[str]] | None


def _recognise(file: Path, lines: Iterator[str]) -> tuple[str, Iterator[Row]]:
    """What kind of file it is, and its rows as places; None for a row that gives none."""
    sample = list(islice(lines, SAMPLE))
    again = chain(sample, lines)
    if sample and all(line.count("\t") == GEONAMES_COLUMNS - 1 and _WIDTH.match(line) for line in sample):
        return "GeoNames", _geonames_rows(again)
    header = sample[0] if sample else ""
    mark = max(",;\t", key=header.count)
    columns = _Columns.of([name.strip().strip('"').lower() for name in header.split(mark)])
    if not columns:
        raise BadInput(
            "it is neither a GeoNames dump (19 columns set apart by tabs) nor a table of place codes with columns such as "
            "admin1Name_en, admin1Pcode, latitude and longitude",
            str(file),
            "give one of these, or the zip of a GeoNames dump",
        )
    return "place codes", _code_rows(csv.reader(again, delimiter=mark), columns)


@contextmanager
def _lines(file: Path) -> Generator[Iterator[str], None, None]:
    """The file's lines, out of its zip if it is one; any fault in reading them is a BadInput."""
    try:
        with _open(file) as raw:
            yield _checked(io.TextIOWrapper(raw, encoding="utf-8-sig", newline=""), file)
    except UnicodeDecodeError as error:
        raise BadInput("it is not UTF-8 text", str(file), "save it as UTF-8") from error
    except (zipfile.BadZipFile, EOFError, csv.Error) as error:
        raise BadInput(f"it breaks off or is damaged ({error})", str(file), "fetch it again") from error
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise BadInput(f"it can't be opened ({error.strerror})", str(file), "give a file that can be read") from error


@contextmanager
def _open(file: Path) -> Generator[IO[bytes], None, None]:
    with file.open("rb") as raw:
        if not zipfile.is_zipfile(raw):
            raw.seek(0)
            yield raw
            return
        with zipfile.ZipFile(raw) as archive:
            members = [
                m for m in archive.namelist() if m.lower().endswith((".txt", ".csv")) and "readme" not in m.lower()
            ]
            if len(members) != 1:
                raise BadInput(f"the zip holds {len(members)} tables, not one", str(file), "give the table itself")
            with archive.open(members[0]) as member:
                yield member


def _checked(lines: io.TextIOWrapper, file: Path) -> Iterator[str]:
    while line := lines.readline(MAX_LINE):
        if len(line) == MAX_LINE or "\0" in line:
            raise BadInput("it holds lines that no gazetteer has", str(file), "give a GeoNames dump or place codes")
        yield line


def _geonames_rows(lines: Iterator[str]) -> Iterator[Row]:
    divisions = {(row["country"], row["code"]): row["name"] for row in read_reviewed("divisions.csv")}
    for line in lines:
        columns = line.rstrip("\r\n").split("\t")
        yield _geonames_row(columns, divisions) if len(columns) == GEONAMES_COLUMNS else None


def _geonames_row(columns: list[str], divisions: Mapping[tuple[str, str], str]) -> Row:
    id_, name, ascii_name, others, lat, lon, feature, code, country = columns[:9]
    population = int(columns[14]) if columns[14].isdecimal() else 0
    kind = _geonames_kind(feature, code, population)
    point = _point(lat, lon)
    if kind is None or point is None or not name:
        return None
    entry = Entry(
        gazetteer="geonames",
        id=id_,
        name=name,
        country=country or None,
        admin1=divisions.get((country, columns[10])),
        lat=point[0],
        lon=point[1],
        kind=kind,
        population=population,
        radius_m=None,
    )
    return entry, [ascii_name, *(other for other in others.split(",") if other)]


def _geonames_kind(feature: str, code: str, population: int) -> PlaceKind | None:
    if feature == "P":
        return _SETTLEMENTS.get(code, kind_by_population(population))
    if feature == "A":
        return _DIVISIONS.get(code)
    if code == "RGN":
        return PlaceKind.REGION
    return PlaceKind.LANDMARK if code in _LANDMARKS else None


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where in a table of place codes names, codes and points stand."""

    names: Mapping[int, tuple[int, ...]]
    """For each level of division the columns of its names, English first."""
    codes: Mapping[int, int]
    lat: int
    lon: int

    @classmethod
    def of(cls, header: list[str]) -> _Columns | None:
        """The columns that a header names; None where names, codes or points are missing."""
        names: dict[int, list[tuple[bool, int]]] = {}
        for at, column in enumerate(header):
            if match := _NAME_COLUMN.match(column):
                names.setdefault(int(match[1]), []).append((match[2] != "en", at))
        codes = {int(match[1]): at for at, column in enumerate(header) if (match := _CODE_COLUMN.match(column))}
        lat = next((header.index(name) for name in _LAT_COLUMNS if name in header), None)
        lon = next((header.index(name) for name in _LON_COLUMNS if name in header), None)
        if not names or not codes or lat is None or lon is None:
            return None
        return cls({level: tuple(at for _, at in sorted(found)) for level, found in names.items()}, codes, lat, lon)


def _code_rows(rows: Iterator[list[str]], columns: _Columns) -> Iterator[Row]:
    divisions = _divisions_by_sound()
    next(rows, None)
    for row in rows:
        yield _code_row([cell.strip() for cell in row], columns, divisions) if row else None


def _country(codes: Iterable[str]) -> str | None:
    """The country whose two letters a place code begins with; settlements' own codes may begin otherwise."""
    return next((code[:2].upper() for code in codes if len(code) > 1 and code[:2].isalpha()), None)


def _divisions_by_sound() -> dict[tuple[str, str], str]:
    """The packaged gazetteer's name of each first-order division, by country and any of its names."""
    return {
        (row["country"], sound_key(name)): row["name"]
        for row in read_reviewed("divisions.csv")
        for name in (row["name"], *row["aliases"].split("|"))
    }


def _code_row(row: list[str], columns: _Columns, divisions: Mapping[tuple[str, str], str]) -> Row:
    """The finest division that the row names a code for."""
    named = {level: [row[at] for at in ats if at < len(row) and row[at]] for level, ats in columns.names.items()}
    level = max((lvl for lvl, at in columns.codes.items() if at < len(row) and row[at] and named.get(lvl)), default=0)
    point = _point(*(row[at] if at < len(row) else "" for at in (columns.lat, columns.lon)))
    if not 1 <= level < len(_LEVELS) or point is None:
        return None
    code = row[columns.codes[level]]
    country = _country(row[at] for _, at in sorted(columns.codes.items()) if at < len(row))
    entry = Entry(
        gazetteer="ocha",
        id=code,
        name=named[level][0],
        country=country,
        admin1=_division(country, named.get(1, []), divisions),
        lat=point[0],
        lon=point[1],
        kind=_LEVELS[level] or PlaceKind.VILLAGE,
        population=0,
        radius_m=None,
    )
    return entry, named[level][1:]


def _division(country: str | None, names: list[str], divisions: Mapping[tuple[str, str], str]) -> str | None:
    """The first-order division, by the name that the packaged gazetteer gives it where it knows it."""
    known = (divisions.get((country or "", sound_key(name))) for name in names)
    return next((name for name in known if name), names[0] if names else None)


def _point(lat: str, lon: str) -> tuple[float, float] | None:
    try:
        point = float(lat.replace(",", ".")), float(lon.replace(",", "."))
    except ValueError:
        return None
    return point if abs(point[0]) <= 90 and abs(point[1]) <= 180 else None
