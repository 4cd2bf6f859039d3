"""What the assistants share that lead through some steps: reading in, filling, designing a form."""
