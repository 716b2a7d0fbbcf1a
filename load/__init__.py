"""Many visitors at once, and faults, against a server as `./dev serve` starts it: `./dev load`."""
