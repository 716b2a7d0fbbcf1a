"""The settings of the tests, with sign-in and everything that belongs to it."""

import os

os.environ |= {
    "DECIDER_SIGN_IN": "1",
    "DECIDER_MAIL_URL": "smtp://127.0.0.1:9",
    "DECIDER_OIDC_ISSUER": "http://localhost:9",
    "DECIDER_OIDC_CLIENT_ID": "decider",
    "DECIDER_OIDC_CLIENT_SECRET": "secret-of-the-tests",
    "DECIDER_OIDC_NAME": "Example Ltd",
}

from tests.settings import *  # noqa: F403
