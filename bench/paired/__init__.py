"""Another checkout beside this one, by processor time: both are asked over the command line and HTTP alone, so that no layout matters."""
