"""Visitor Kiosk: visitor information for a lobby, and a directory of help that keeps no history."""
