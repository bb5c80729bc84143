"""The smaller pages: who says figures, who is blamed, where, how the record is made, and how to take it away."""
