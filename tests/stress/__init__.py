"""Requests at the worst moment and requests of every kind. `./dev test` makes a few of them;
`./dev stress` makes as many as the goals name, on both databases."""
