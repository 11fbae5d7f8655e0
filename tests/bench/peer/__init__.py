"""The peer the kiosk is compared with: the same directory as a static web page for a browser's kiosk mode."""
