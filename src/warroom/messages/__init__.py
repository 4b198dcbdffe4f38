"""Messages: their template files, their fields, and the text in a form ready to paste."""
