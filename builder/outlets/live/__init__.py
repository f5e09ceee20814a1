"""Live authoring: a site in memory, looked at again whenever a file changes, and browsers that show it."""
