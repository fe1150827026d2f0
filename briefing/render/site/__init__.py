"""A static site of all briefs: indexes, registers of figures and pledges, search in both languages, feeds."""
