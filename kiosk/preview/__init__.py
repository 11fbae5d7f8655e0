"""The kiosk beside the editor of who writes its content: shown anew at each save."""
