"""The widgets that screens are made of: they draw the state and post what the user wants, but write nothing."""
