"""Who keeps it running and forgetting: one process for each visitor, and the host that swaps them."""
