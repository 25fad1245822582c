"""An evidence pack 证据包: findings with all that they rest on, to be checked by whoever has it; reads no file and asks no server."""
