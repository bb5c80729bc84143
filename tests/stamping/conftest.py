"""The scene of stamping."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))

from stamp_scene import authority, world

__all__ = ["authority", "world"]
