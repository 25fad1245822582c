"""Days and deadlines, with answers from the plans, the notices, the law, or a slower and plainer count."""
