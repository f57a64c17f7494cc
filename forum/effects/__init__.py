"""What follows from an action, in its transaction."""
