"""Make everything that the server needs to start."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command

from decider.base.command_line import DatabaseCommand, bad_input
from decider.site.installation import (
    WrongSecretKey,
    alone,
    close_database_to_others,
    has_secret_key,
    make_data_folder,
    make_secret_key,
    remember_secret_key,
)
from decider.web.limits import forget_old_uses

WRONG_KEY = """\
The secret key isn't the one that this data was made with. With it, nobody could open the \
assessments that they began, nor use edit links.
Put the old key back: in DECIDER_SECRET_KEY, or as the file secret-key in the data folder, from a \
backup.
To change the key, name the old one in DECIDER_SECRET_KEY_FALLBACKS. If it is lost for good: \
./dev manage prepare --accept-new-key"""


class Command(DatabaseCommand):
    help = (
        "Make the data folder, the secret key, the database and its tables, and load the"
        " questionnaire, where they are missing; remove what was deleted long ago. Safe to run"
        " again, and by several at once."
    )

    requires_system_checks = ()  # some of them need the secret key

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--accept-new-key",
            action="store_true",
            help="go on with a secret key that is not the one of the data: browsers lose access",
        )

    def handle(self, *, accept_new_key: bool, **_options: Any) -> None:
        os.umask(0o077)  # whatever the server writes is for its own user
        try:
            self.prepare(accept_new_key=accept_new_key)
        except OSError as error:
            raise bad_input(
                f"The data folder {settings.DATA_DIR} can't be written: {error.strerror}.\n"
                "Its disk may be full or read-only, or it may belong to another user;"
                " DECIDER_DATA_DIR names another folder."
            ) from None

    def prepare(self, *, accept_new_key: bool) -> None:
        """Make what is missing; raises OSError where the data folder can't be written."""
        make_data_folder()
        if not has_secret_key():
            settings.SECRET_KEY = make_secret_key(settings.SECRET_KEY_FILE)
        self.check()
        try:
            with alone():
                close_database_to_others()
                call_command("migrate", verbosity=0)
                call_command("createcachetable", verbosity=0)
                remember_secret_key(accept=accept_new_key)
                call_command("load_questionnaire", if_missing=True, verbosity=0)
                call_command("purge_deleted", verbosity=0)
                forget_old_uses()
                if settings.SIGN_IN:
                    call_command("clearsessions", verbosity=0)
        except WrongSecretKey:
            raise CommandError(WRONG_KEY) from None
