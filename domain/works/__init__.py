"""Off-site works (外线工程) from the survey to the one plan: who surveyed, what is dug where, what counts together; writes nothing."""
