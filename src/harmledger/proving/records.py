"""How captures came: WARC records that parse, whose digests hold, and whose last payload is the document.

Source: WARC/1.1 (ISO 28500:2017); digests as `sha256:` and `sha1:` in base 32 or hexadecimal.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecordType

from harmledger.domain import Finding
from harmledger.errors import HarmledgerError
from harmledger.ids import document_id
from harmledger.prove.row import Cells
from harmledger.proving.looking import FROM_BACKUP, Looking, Teller
from harmledger.store.schema import CAPTURES, DOCUMENTS
from harmledger.store.schema_fetched import PROVENANCES

_TELL = Teller("records")
_UNPACKED_MARGIN = 1
"""A payload that unpacks to more than the document has is another one, however much more: no bomb is unpacked."""
"""EOF
python3 - <<'EOF'
