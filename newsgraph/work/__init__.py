"""The work of a build that can be done side by side: what is done, in which processes, and what becomes of it."""
