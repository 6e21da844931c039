"""Pictures drawn on the server as SVG: no script, no image files, no framework."""
