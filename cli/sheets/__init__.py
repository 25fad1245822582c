"""Rows of plain values as files and programs take them, whatever the rows are about."""
