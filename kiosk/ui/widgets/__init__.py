"""Widgets that paint themselves from the theme: quick to build, quick to paint, gone with their page."""
