"""The shapes a sheet passes through: Grid, Table, rows of typed values."""
