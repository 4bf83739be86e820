"""What each operation is asked for and what it answers: one file an operation, frozen values."""
