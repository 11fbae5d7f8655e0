"""What is installed on a terminal: the package, its units, what a site opens in them, the lock."""
