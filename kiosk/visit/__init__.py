"""What this visitor is doing: one frozen value and the rules that replace it. No Qt, disk, log or clock."""
