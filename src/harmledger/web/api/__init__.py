"""What programs ask: the record as JSON, what changed, a feed. `operations.py` lists all that can be asked, and is what the OpenAPI document is made of."""
