from typing import NoReturn

from django.db.backends.base.client import BaseDatabaseClient
from django.db.utils import NotSupportedError


class DatabaseClient(BaseDatabaseClient):
    """`dbshell` would need the key on a command line, where every process of the machine reads it: there is none."""

    executable_name = "sqlcipher"

    @classmethod
    def settings_to_cmd_args_env(cls, settings_dict: object, parameters: object) -> NoReturn:
        raise NotSupportedError("a sealed database has no shell")
