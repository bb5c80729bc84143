"""Replies to be moderated, and a program that may."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from moderating import Replies
from programs import Program, make_program
from sites import Served

sys.path.append(str(Path(__file__).parent))


@pytest.fixture
def replies(served: Served) -> Replies:
    return Replies(served)


@pytest.fixture
def program(served: Served) -> Program:
    return make_program(served)
