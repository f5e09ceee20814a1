"""Drafts to the briefing: every quotation located, every name matched, every account merged, or a problem."""
