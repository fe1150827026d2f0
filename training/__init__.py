"""How the embedded Chinese to English model is made; not installed with the package."""
