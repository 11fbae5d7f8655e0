"""What the people who own the words do with them: release, call every number, write the days back."""
