"""Property tests run without a deadline: a busy machine is no finding.

Under mutation each test runs hundreds of times: fewer examples do there, the same every time.
"""

import os

from hypothesis import settings

settings.register_profile("engine", deadline=None, max_examples=150)
settings.register_profile(
    "mutation", deadline=None, max_examples=60, derandomize=True, database=None
)
settings.load_profile("mutation" if "MUTANT_UNDER_TEST" in os.environ else "engine")
