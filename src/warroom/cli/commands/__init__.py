"""The commands of the command line, a file each: its name is the file's, its click command the attribute `command`."""
