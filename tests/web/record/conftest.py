"""The scene of the record's pages."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))

from record_scene import scene

__all__ = ["scene"]
