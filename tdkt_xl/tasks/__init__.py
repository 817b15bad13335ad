"""What a clerk does: one module per task, the same behind the ribbon and the command line."""
