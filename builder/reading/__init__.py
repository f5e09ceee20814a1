"""Bytes to drafts: everything an author wrote, as values that remember where they stood."""
