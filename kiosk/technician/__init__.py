"""For whoever mounts and keeps the machine: its keypad, the reference of its site file."""
