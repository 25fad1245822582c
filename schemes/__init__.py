"""The cities' plans as data, and the reader that turns them into domain values; decides nothing."""
