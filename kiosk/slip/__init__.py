"""What a visitor takes away on paper: the lines of a slip, its dots, the programs that print it. No Qt."""
