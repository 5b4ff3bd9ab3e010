"""Pages of the web, fetched the way their sites want it: seldom, one at a time, once, and not where they say no."""
