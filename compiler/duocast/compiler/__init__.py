"""From a screenplay to a shot graph. Pure: files come in through a reader object."""
