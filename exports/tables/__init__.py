"""The graph as tables."""
