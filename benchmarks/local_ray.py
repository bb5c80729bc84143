"""A Ray cluster of two workers on this machine, for as long as something is measured or tested on it."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any

MEMORY_BYTES = 200_000_000
"""Of each node's store of objects: what travels are names and counts."""


@contextmanager
def two_workers(paths: Sequence[str] = ()) -> Generator[str]:
    """The cluster's address; `paths` are where its workers look for modules beside those that are installed."""
    from ray.cluster_utils import Cluster

    os.environ["PYTHONPATH"] = os.pathsep.join([*paths, *filter(None, [os.environ.get("PYTHONPATH")])])
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    node: dict[str, Any] = {"object_store_memory": MEMORY_BYTES, "include_dashboard": False}
    cluster: Any = Cluster(initialize_head=True, head_node_args={**node, "num_cpus": 0})
    try:
        for _ in range(2):
            cluster.add_node(num_cpus=1, **node)
        yield cluster.address
    finally:
        import ray

        ray.shutdown()
        cluster.shutdown()
