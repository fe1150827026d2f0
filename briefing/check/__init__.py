"""Reading the numbers back from both sides and comparing them by value."""
