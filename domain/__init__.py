"""Decides what a case's acts mean under its scheme; reads no clock, does no I/O and knows no framework."""
