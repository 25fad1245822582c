"""Tests of the auditor, on real servers."""
