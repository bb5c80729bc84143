"""The review desk; `routes` has every address of it, and who may use it."""
