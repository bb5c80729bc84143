"""Addresses of what there is in a small ledger, for the tests of the API."""

from __future__ import annotations

from starlette.testclient import TestClient

ITEMS = {
    "documents": "document_id",
    "claims": "claim_id",
    "statements": "statement_id",
    "entries": "entry_id",
    "incidents": "incident_id",
    "claimants": "id",
    "actors": "id",
    "places": "id",
    "decisions": "decision_id",
    "references": "reference_id",
}
"""Resources, with the field that holds their id."""


def get_items(browser: TestClient, path: str) -> list[str]:
    """Addresses that a path of the document stands for: itself, or one for each item that there is."""
    if "{id}" not in path:
        return [path]
    resource = path.split("/")[3]
    items = browser.get(f"/api/v1/{resource}").json()["items"]
    return [path.replace("{id}", item[ITEMS[resource]]) for item in items]
