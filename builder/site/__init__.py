"""The briefing to files: what each page shows, and how it looks."""
