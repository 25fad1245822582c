"""What is missed: the sweep, its warnings, findings and lights."""
