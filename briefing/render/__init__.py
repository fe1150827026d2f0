"""From a Brief to Markdown and other formats."""
