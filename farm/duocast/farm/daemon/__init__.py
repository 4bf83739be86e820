"""farmd: the daemon of a farm. It keeps the journal, runs the core and answers over HTTP."""
