"""The briefing for machines and for other tools: tables, citations, annotations, calendars, feeds."""
