"""The site: a public record that everybody may read and check, and a desk for those who review it. Read `app.py` first."""
