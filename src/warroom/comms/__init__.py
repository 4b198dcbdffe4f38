"""Turning facts into words that can be sent, and putting them where they can be pasted."""
