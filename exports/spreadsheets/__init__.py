"""Rows of plain values as spreadsheets take them, CSV and workbook, whatever the rows are about."""
