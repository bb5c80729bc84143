"""Those who reply: how they sign in, and what of theirs they see and change. `routes` has every address of it."""
