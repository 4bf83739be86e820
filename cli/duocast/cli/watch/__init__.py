"""`duocast compile --watch`: a verdict on every save, a draft of what changed, and a page that shows both."""
