"""What an assessment counts: the baton, the figures of the service, the scorecard; decides about nobody."""
