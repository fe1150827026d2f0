"""Chinese to English: slots by rule, the rest by a local model."""
