"""Requests at the worst moment, requests of every kind, and attacks on a real server.

`./dev test` makes a few of them; `./dev stress` makes as many as the goals name, on both databases.
"""
