"""What figures come to: side by side, rolled up by a rule, and totals over many."""
