"""What holds of kept things, as values: rows and their digests, quotes against text, ids against what they are made of. No ledger is opened here."""
