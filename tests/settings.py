"""The settings of the application, with a secret key of the tests."""

from decider.settings import *  # noqa: F403

LIMITS = False  # those that are tested are switched on there
SECRET_KEY = "only-for-tests-0123456789-abcdefghijklmnop"
# Hashing a password well takes long on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
