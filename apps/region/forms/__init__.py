"""What pages of the register are asked for."""
