"""What every store shares: transactions, cursors, lists, faults; knows no case."""
