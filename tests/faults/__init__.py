"""What must hold whatever fails: power, disk, clock, other programs, hostile files."""
