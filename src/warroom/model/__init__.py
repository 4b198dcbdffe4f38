"""What an incident is and what follows from it: pure functions over entries, no files, no screens, no wall clock."""
