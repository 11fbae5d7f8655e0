"""What leaves with the visitor: the exact payload of each code and its modules. No Qt."""
