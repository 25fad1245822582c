"""Tests of the made-up traffic: its answers against the judge, and its believability."""
