"""The ladder (责令整改、约谈、移送): what stands on which rung and what may follow; people decide every rung."""
