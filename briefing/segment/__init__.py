"""From the text of a page to interviews, turns and sentences."""
