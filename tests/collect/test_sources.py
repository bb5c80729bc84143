"""What `open_reports` gives for good sources and bad ones."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from harmledger.collect import Limits, open_reports
from harmledger.domain import Capture, Media, Refused

NOON = datetime(2020, 5, 1, 12, tzinfo=UTC)
ENGLISH = "At least five people were killed in the town on Sunday, residents said."
ARABIC = "قتل خمسة مدنيين بينهم طفلان في قصف على بلدة حيش بريف إدلب الجنوبي، وفق ما أفاد ناشطون محليون مساء الأربعاء."
RUSSIAN = (
    "По меньшей мере семь мирных жителей погибли в результате авиаудара по городу, сообщили врачи местной больницы."
)
FRENCH = "Au moins sept civils ont été tués à l’aube près de l’hôpital – un médecin évoque « une frappe délibérée »."


def take(*sources: str | Path, limits: Limits | None = None) -> list[Capture | Refused]:
    return list(open_reports([str(s) for s in sources], now=lambda: NOON, limits=limits or Limits()))


def one(source: str | Path, limits: Limits | None = None) -> Capture | Refused:
    (only,) = take(source, limits=limits)
    return only


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    return write


File = Callable[[str, bytes], Path]


def test_a_plain_text_is_kept_character_for_character(file: File) -> None:
    """A text's capture holds its bytes, their hash, and every character as given."""
    content = f"{ENGLISH}\r\n\r\n  {ENGLISH}\t".encode()
    capture = one(path := file("a.txt", content))
    assert isinstance(capture, Capture)
    assert (capture.text, capture.content, capture.media) == (content.decode(), content, Media.TEXT)
    assert capture.document_id == hashlib.sha256(content).hexdigest()
    assert (capture.source, capture.fetched) == (str(path), NOON)


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("page.html", b"<p>Five <b>people</b> were killed.</p>", Media.HTML),
        ("page", b"\n<!-- saved --><!DOCTYPE html><html><body>Five killed.</body></html>", Media.HTML),
        ("page.txt", b"<html><body><p>Five killed.</p></body></html>", Media.HTML),
        ("page.html", b"<?xml version='1.0'?><html><body>Five killed.</body></html>", Media.HTML),
        ("text.html", b"Five people were killed. No markup here.", Media.TEXT),
        ("text.txt", b"Casualties <5 were reported; 3 > 2.", Media.TEXT),
        ("text", b"{5 people were killed}", Media.TEXT),
        ("reports.txt", b'{"text": "Five killed."}', Media.LINE),
        ("reports.jsonl", b'{"text": "Five killed."}\n', Media.LINE),
    ],
)
def test_content_goes_before_the_name(file: File, name: str, content: bytes, media: Media) -> None:
    """What a source is, is told from what is in it, and from its name only where that leaves it open."""
    capture = one(file(name, content))
    assert isinstance(capture, Capture)
    assert capture.media is media


def test_a_line_keeps_its_own_id_and_place(file: File) -> None:
    """A report line gives its id, title and days; its document is its bytes without the newline; unknown keys pass."""
    line = '{"id": "r-1", "title": "T", "published": "2018-01-02", "captured": "2018-02-03T10:00:00Z", "text": "Ünfünf.", "x": [1]}'
    blank, second = b"\n", b'{"text": "Six.", "id": 7}\r\n'
    path = file("r.jsonl", line.encode() + b"\n" + blank + second)
    first, last = take(path)
    assert isinstance(first, Capture)
    assert isinstance(last, Capture)
    assert (first.source, last.source) == (f"{path}:1", f"{path}:3")
    assert first.document_id == hashlib.sha256(line.encode()).hexdigest()
    assert last.document_id == hashlib.sha256(second[:-2]).hexdigest()
    assert (first.given.id, first.given.title, last.given.id) == ("r-1", "T", "7")
    assert (first.given.published, first.given.captured) == (date(2018, 1, 2), date(2018, 2, 3))
    assert first.text == "Ünfünf."


@pytest.mark.parametrize(
    ("line", "own_id", "says"),
    [
        (b'{"id": "a", "text": "x"', "a", "broken JSON"),
        (b'{"id": "a", "title": "t"}', "a", 'no "text"'),
        (b'{"id": "a", "text": null}', "a", 'no "text"'),
        (b'{"id": "a", "text": 5}', "a", '"text" is a number, not a string'),
        (b'{"id": "a", "text": "  "}', "a", '"text" is empty'),
        (b'{"id": "a", "text": "x", "title": ["t"]}', "a", '"title" is a list, not a string'),
        (b'{"id": "a", "text": "x", "published": "last May"}', "a", '"published" is no date'),
        (b'{"id": 12, "text": "x", "captured": "2018-13-01"}', "12", '"captured" is no date'),
        (b'{"id": {"n": 1}, "text": "x"}', None, '"id" is an object'),
        (b"[1, 2]", None, "is a list, not an object"),
        (b'{"id": "a", "text": "\xff\xfe"}', "a", "isn't UTF-8"),
        (b"[" * 200_000, None, "nested too deep"),
        (b'{"text": "x", "n": ' + b"9" * 10_000 + b"}", None, "too long"),
    ],
)
def test_a_bad_line_is_refused_alone(file: File, line: bytes, own_id: str | None, says: str) -> None:
    """A broken line is refused in its place, with its id where that can be known, and the lines around it are read."""
    good = b'{"text": "Five killed."}'
    path = file("r.jsonl", b"\n".join([good, line, good]))
    before, refused, after = take(path)
    assert isinstance(before, Capture)
    assert isinstance(after, Capture)
    assert isinstance(refused, Refused)
    assert (refused.source, refused.id, refused.kind) == (f"{path}:2", own_id, "BadInput")
    assert refused.message.startswith(f"{path}:2: ")
    assert says in refused.message


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\t\n", "is empty"),
        ("empty.jsonl", b"\n\n", "is empty"),
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3", "is a PDF"),
        ("a.txt", b"%PDF-1.7\n%\xe2\xe3", "is a PDF"),
        ("a.docx", b"PK\x03\x04" + b"\0" * 50, "ZIP archive or an office document"),
        ("a.txt", bytes(range(256)) * 40, "binary"),
        ("a.jpg.txt", b"\xff\xd8\xff\xe0" + b"\0" * 50, "a picture"),
        ("a.xml", b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>", "is a feed"),
        ("a.json", b'{\n  "text": "Five killed."\n}', "one JSON document"),
        ("a.mhtml", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; x=y\r\n\r\n", "where its parts begin"),
        ("a.gz", b"\x1f\x8b\x08nonsense", "gzip file is damaged"),
        ("a.txt", "Five ".encode("utf-16")[:-1] + b"\xd8", "says that it is utf-16"),
    ],
)
def test_what_is_no_report_is_refused_by_name(file: File, name: str, content: bytes, says: str) -> None:
    """Each kind of unreadable source has its own sentence: where, what, and what to do."""
    path = file(name, content)
    refused = one(path)
    assert isinstance(refused, Refused)
    assert refused.kind == "BadInput"
    assert refused.message.startswith(f"{path}: ")
    assert says in refused.message
    assert "; " in refused.message


def test_missing_and_unreachable_sources(tmp_path: Path) -> None:
    """A missing file, an address and an empty folder each give one refusal, and the sources after them are read."""
    good = tmp_path / "good.txt"
    good.write_text(ENGLISH)
    (tmp_path / "none").mkdir()
    missing, address, folder, nul, last = take(
        tmp_path / "no.txt", "https://example.org/report", tmp_path / "none", "a\0b", good
    )
    for refused, says in (
        (missing, "no such file"),
        (address, "nothing is fetched"),
        (folder, "no files"),
        (nul, "can't be read"),
    ):
        assert isinstance(refused, Refused)
        assert says in refused.message
    assert isinstance(last, Capture)


def test_a_name_in_no_encoding_is_told_and_kept_as_what_can_be(tmp_path: Path) -> None:
    """Bytes of a file's name that are no UTF-8 come as signs that no database keeps."""
    (tmp_path / "a\udcff.txt").write_text(ENGLISH)
    here, gone = take(tmp_path / "a\udcff.txt", tmp_path / "b\udcff.txt")
    assert isinstance(here, Capture)
    assert isinstance(gone, Refused)
    assert (here.source, gone.source) == (f"{tmp_path}/a\ufffd.txt", f"{tmp_path}/b\ufffd.txt")
    assert "\udcff" not in gone.message


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_unreadable_file(file: File) -> None:
    """A file that may not be read says so."""
    path = file("a.txt", b"x")
    path.chmod(0)
    refused = one(path)
    assert isinstance(refused, Refused)
    assert (refused.kind, "may not be read" in refused.message) == ("SourceFailed", True)


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        (ENGLISH, "utf-8-sig"),
        (ENGLISH, "utf-16"),
        (ENGLISH, "utf-16-le"),
        (ARABIC, "utf-16-be"),
        (ARABIC, "cp1256"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (FRENCH, "cp1252"),
    ],
)
def test_encodings_of_old_files(file: File, words: str, encoding: str) -> None:
    """A text comes out right from the encodings that news has been kept in."""
    capture = one(file("a.txt", words.encode(encoding)))
    assert isinstance(capture, Capture)
    assert capture.text == words


def test_the_page_states_its_encoding(file: File) -> None:
    """A page's own word for its encoding is followed, a false claim of UTF-8 is not."""
    stated = f"<html><head><meta charset=windows-1251></head><body>{RUSSIAN}</body></html>"
    false = f"<html><head><meta charset=utf-8></head><body>{ARABIC * 3}</body></html>"
    first, second = take(file("a.html", stated.encode("cp1251")), file("b.html", false.encode("cp1256")))
    assert isinstance(first, Capture)
    assert isinstance(second, Capture)
    assert RUSSIAN in first.text
    assert ARABIC in second.text


def test_unkeepable_characters_are_replaced_one_for_one(file: File) -> None:
    """NULs and lone surrogates become U+FFFD, so that offsets hold; joined surrogates become their character."""
    lines = rb'{"text": "a\ud800b\u0000c\ud83d\ude00d"}'
    capture, text = take(file("r.jsonl", lines), file("a.txt", b"Five\x00killed"))
    assert isinstance(capture, Capture)
    assert isinstance(text, Capture)
    assert capture.text == "a\ufffdb\ufffdc\U0001f600d"
    assert text.text == "Five\ufffdkilled"


def test_a_folder_is_read_in_the_order_of_its_paths(file: File, tmp_path: Path) -> None:
    """Files below a folder come sorted; hidden ones and what browsers save beside pages are passed over."""
    for name in ("b/2.txt", "a.txt", "b/1.txt", ".hidden.txt", ".git/x.txt", "a_files/style.css", "a_files/x.PNG"):
        file(f"f/{name}", ENGLISH.encode())
    (tmp_path / "f" / "loop").symlink_to(tmp_path / "f")
    read = [Path(r.source).relative_to(tmp_path / "f").as_posix() for r in take(tmp_path / "f")]
    assert [r for r in read if r != "loop"] == ["a.txt", "b/1.txt", "b/2.txt"]


def test_gzip_is_unpacked(file: File) -> None:
    """Gzipped lines and pages are read, members one after another too."""
    line = b'{"text": "Five killed."}\n'
    path = file("r.jsonl.gz", gzip.compress(line) + gzip.compress(line))
    assert [r.source for r in take(path)] == [f"{path}:1", f"{path}:2"]
    page = one(file("p.html.gz", gzip.compress(b"<!doctype html><p>Five killed.")))
    assert isinstance(page, Capture)
    assert page.media is Media.HTML


def test_a_truncated_gzip_gives_what_it_has(file: File) -> None:
    """Lines before the break are read; the break is one refusal."""
    packed = gzip.compress(b"".join(b'{"text": "Five killed on day %d."}\n' % n for n in range(20_000)))
    *lines, last = take(file("r.jsonl.gz", packed[: len(packed) // 2]))
    assert len(lines) > 1000
    assert all(isinstance(line, Capture) for line in lines)
    assert isinstance(last, Refused)
    assert "ends before" in last.message


@pytest.mark.parametrize("filler", [b"0", b'{"text": "' + b"x" * 20_000 + b'"}\n'], ids=["line", "lines"])
def test_a_gzip_bomb_is_stopped(file: File, filler: bytes) -> None:
    """A small file that unpacks to far more than text does is refused before it is all unpacked."""
    limits = Limits(expansion_free_bytes=1_000_000)
    last = take(file("r.jsonl.gz", gzip.compress(filler * (40_000_000 // len(filler)))), limits=limits)[-1]
    assert isinstance(last, Refused)
    assert "more than 200 times" in last.message


def test_fifty_megabytes_of_text_are_refused_once(file: File) -> None:
    """A report above the limit gives one clear refusal, and so does a line of that length, the next line being read."""
    words = b"Five people were killed. " * 2_000_000
    text, long, after = take(
        file("a.txt", words), file("r.jsonl", b'{"id": "big", "text": "' + words + b'"}\n{"text": "Five killed."}')
    )
    assert isinstance(text, Refused)
    assert isinstance(long, Refused)
    assert isinstance(after, Capture)
    assert (text.id, long.id) == (None, "big")
    assert "longer than 20 MB" in text.message
    assert "longer than 20 MB" in long.message


@pytest.mark.parametrize(
    ("content", "media"),
    [(ENGLISH.encode(), Media.TEXT), (b'{"text": "Five killed."}', Media.LINE), (b"<html><p>Five killed.", Media.HTML)],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes, media: Media) -> None:
    """`-` takes standard input, whatever it holds."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    capture = one("-")
    assert isinstance(capture, Capture)
    assert capture.media is media
    assert capture.source == ("-:1" if media is Media.LINE else "-")


def test_reports_come_one_at_a_time(file: File) -> None:
    """A source is opened only when its reports are asked for."""
    reports = open_reports([str(file("a.txt", ENGLISH.encode())), "no-such-file"], now=lambda: NOON)
    assert isinstance(next(reports), Capture)
    assert isinstance(next(reports), Refused)
