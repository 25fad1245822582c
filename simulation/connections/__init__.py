"""What happens in a connection case that is made up, stage by stage; decides no breach by a judge."""
