"""The commands of the command line, one file each: the file is named like the command, and defines `command`."""
