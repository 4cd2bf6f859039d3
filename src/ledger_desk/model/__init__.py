"""What a record is: fields, kinds, rules, clocks. Standard library only."""
