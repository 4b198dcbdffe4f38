"""What a drill that was played is checked for: one file for each part of its report, each a function of `Played`."""
