"""What people decide: what waits for them, what a decision must be, and what follows from all of them."""
