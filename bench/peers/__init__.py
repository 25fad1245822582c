"""What users of other tools would write instead, beside which ours is measured; never imported by the program."""
