"""Editions of the calendar as rows, and the office clocks made of them."""
