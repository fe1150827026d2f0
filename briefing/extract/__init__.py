"""Quantities, dates, people, figures and pledges, all as spans of the text."""
