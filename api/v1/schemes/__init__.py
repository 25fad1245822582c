"""Operations on the plans in force, and on what is published of them."""
