"""Sourcebook: a static site generator for topic briefings that cannot misquote their sources."""
