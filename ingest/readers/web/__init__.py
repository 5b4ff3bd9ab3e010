"""Pages of the web, saved alone (HTML) or with their pictures (MHTML)."""
