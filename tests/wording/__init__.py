"""Sentences to measure the remarks on wording with, and the program that prints how many are found."""
