"""The acts of watching and holding to account: findings, supervision, credit, accountability, assessment."""
