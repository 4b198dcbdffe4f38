"""Text for terminals: making it safe to show, and measuring its width; reading text files."""
