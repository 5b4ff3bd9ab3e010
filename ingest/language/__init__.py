"""The shipped language model as a spaCy pipeline."""
