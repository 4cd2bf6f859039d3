"""What is computed of the records of the work, each as one SQL expression over its row."""
