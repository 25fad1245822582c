"""What an assessment counts: delay shares, the figures of the service, the scorecard; decides about nobody."""
