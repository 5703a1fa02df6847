"""What single platform families want beyond the specifications, a module each. Nobody else names one."""
