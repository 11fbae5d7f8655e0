"""What we know: organizations, services, numbers and guides, checked whole and read-only. No Qt."""
