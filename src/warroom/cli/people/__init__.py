"""The commands below `warroom people`, and what they share."""
