"""What is kept of an incident: a document's values, and the files they are written as."""
