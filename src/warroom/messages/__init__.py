"""What is sent: template files, the fields filled in, and the message in a form to paste."""
