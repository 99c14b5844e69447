"""What is typed, or stands in a file, before it becomes a question."""
