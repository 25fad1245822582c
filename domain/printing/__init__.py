"""What is printed of a case: each form's and notice's content gathered from the ledger; sets no type and knows no layout."""
