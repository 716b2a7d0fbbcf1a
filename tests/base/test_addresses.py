"""Addresses to give to others."""

from decider.base.addresses import absolute


def test_whole_address_is_the_configured_one(settings):
    settings.ADDRESS = "https://decider.example"
    assert absolute("/shared/x") == "https://decider.example/shared/x"
