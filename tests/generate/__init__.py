"""Scripts that nobody wrote: valid ones for laws, broken ones for fuzzing."""
