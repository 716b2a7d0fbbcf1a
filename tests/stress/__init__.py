"""Requests at the worst moment and requests of every kind. `./dev test` makes a few of them;
`python -m tests.stress` makes as many as the goals name, on both databases."""
