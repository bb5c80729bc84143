"""What the public answers: judged before it is shown. Pure; in come values, out go values."""
