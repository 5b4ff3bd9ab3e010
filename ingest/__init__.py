"""Article files in, annotated articles out: reading, cleaning, dating, people, places, events, roles, numbers."""
