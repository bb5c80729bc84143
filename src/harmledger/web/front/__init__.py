"""The public's way in: the incidents on a map, over time and in a list, and search."""
