"""What leaves the program as a file: paper, spreadsheets, evidence packs; decides nothing and reads no table."""
