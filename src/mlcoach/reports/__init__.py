"""What a report looks like outside the terminal UI: text, JSON, and the page of one item."""
