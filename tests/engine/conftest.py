"""Property tests run without a deadline: a busy machine is no finding."""

from hypothesis import settings

settings.register_profile("engine", deadline=None, max_examples=300)
settings.load_profile("engine")
