"""From a received file to grids of raw cells, behind a gate that no hostile file passes."""
