"""A versioned data set: what describes it, what must hold of it, and what changed since the last."""
