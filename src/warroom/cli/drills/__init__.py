"""The commands of `warroom drill`, one a file."""
