"""Supervision of works under commitments (监管方案、抽查): a department's plan of a year, and draws that anybody can repeat."""
