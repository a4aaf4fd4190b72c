"""Write the pages of the reference that follow from the code: `python docs/write_reference.py`.

A test fails while one of them is out of date.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "reference"
NOTICE = "<!-- Written by docs/write_reference.py from the code. Change the code, then run it again. -->\n\n"

# What every command that works on a site takes; said once.
SHARED = ("site", "key_file", "key_fd", "as_json")

ENVIRONMENT = {
    "SAFECONDUCT_SITE": "the folder of the site, where a command has no `--site`",
    "SAFECONDUCT_HOSTS": "the names, parted by commas, under which a site on PostgreSQL answers behind a server that speaks HTTPS",
    "SAFECONDUCT_KEY_FD": "set by `safeconduct serve` for its own workers: the number of the descriptor "
    "that hands them the key, never the key",
    "SAFECONDUCT_LAN": "set by `safeconduct serve --lan` for its own workers: the name under which a team opens the site",
    "SAFECONDUCT_TEST_DATABASE": "for the software's own tests: the address of a PostgreSQL server, "
    "in place of one that the tests start",
    "LANG": "the language of the shell: one that begins with `fa` or `ar`; else English",
}


def command_line() -> str:
    """Every command, from its help texts."""
    import typer

    from safeconduct.cli import app

    root: Any = typer.main.get_command(app)
    shared = {parameter.name: parameter for parameter in root.commands["import"].params if parameter.name in SHARED}
    lines = [
        "# The command line\n",
        "Exit status of every command: 0 it did what was asked; 2 it was refused, nothing was changed, "
        "and the error stream says why and what to do. "
        "Others are told with their command.\n",
        "Commands that work on a site share these options:\n",
        *_table(["option", "what it is"], [[f"`{each.opts[0]}`", each.help] for each in shared.values()]),
        "On a demonstration site, and only there, the shell acts as the demonstration account whose role a command needs. "
        "On a real site it acts as the account that signed in with `safeconduct login`, for 15 minutes.\n",
    ]
    for words, command in sorted(_commands(root, "safeconduct")):
        lines += _described(words, command)
    return "\n".join(lines)


def _commands(command: Any, words: str) -> Iterator[tuple[str, Any]]:
    inner = getattr(command, "commands", None)
    if inner is None or command.params:
        yield words, command
    for name, each in (inner or {}).items():
        yield from _commands(each, f"{words} {name}")


def _described(words: str, command: Any) -> Iterator[str]:
    arguments = [each for each in command.params if not each.opts[0].startswith("-")]
    options = [each for each in command.params if each.opts[0].startswith("-") and each.name not in SHARED]
    yield f"## {words}\n"
    yield f"    {' '.join([words, *(each.name.upper() for each in arguments)])}\n"
    yield " ".join((command.help or command.callback.__doc__ or "").split()) + "\n"
    rows = [[f"`{each.name.upper()}`", each.help or ""] for each in arguments]
    rows += [[f"`{each.opts[0]}`", _about(each)] for each in options]
    shared = [f"`{each.opts[0]}`" for each in command.params if each.name in SHARED and each.opts[0].startswith("-")]
    if rows:
        yield from _table(["argument or option", "what it is"], rows)
    if shared:
        yield f"Also {', '.join(shared)}.\n"


def _about(option: Any) -> str:
    text = option.help or ""
    if option.required:
        return f"{text} Required."
    plain = isinstance(option.default, str | int | float) and not isinstance(option.default, bool)
    if plain and option.default != "":
        return f"{text} Without it: {option.default}."
    if isinstance(option.default, Path) and not option.default.is_absolute():
        return f"{text} Without it: {option.default}."
    return text


def permissions() -> str:
    """What may be done, and by which roles."""
    from safeconduct.core.access.permissions import declared
    from safeconduct.core.access.roles import Role, excluded_pairs

    every = declared().values()
    lines = [
        "# Permissions\n",
        "Nothing is allowed that does not stand here: an action, a page and a command each need one of these, "
        "and a role holds it or not. "
        "One account may hold several roles. On a travelling copy nobody holds any other than those marked so.\n",
        *_table(
            ["permission", "it allows to", "roles", "on a travelling copy"],
            [[f"`{each.code}`", _lower(str(each.says)), _roles(each.roles, Role), "yes" if each.travels else ""] for each in every],
        ),
        "## What each role may do\n",
    ]
    for role in Role:
        lines += [f"### {_upper(str(role.label))}\n", *(f"- {_lower(str(each.says))}" for each in every if role in each.roles), ""]
    lines += ["## Roles that exclude each other\n"]
    alone = [role for role in Role if all(excluded_pairs([role, other]) for other in Role if other != role)]
    lines += [f"- {role.label}: goes with no other role" for role in alone]
    lines += [
        f"- {one.label} and {other.label}"
        for number, one in enumerate(Role)
        for other in list(Role)[number + 1 :]
        if one not in alone and other not in alone and excluded_pairs([one, other])
    ]
    return "\n".join([*lines, ""])


def _roles(held: frozenset[Any], every: Any) -> str:
    return "everybody" if len(held) == len(every) else ", ".join(str(role.label) for role in every if role in held)


def actions() -> str:
    """Everything that changes a record."""
    from safeconduct.core.access.actions import declared

    rows = [
        [f"`{each.name}`", name.removeprefix("safeconduct.").removesuffix(f".{each.name}"), f"`{each.permission}`", each.audit]
        for name, each in declared().items()
    ]
    return "\n".join([
        "# Actions\n",
        "Everything that changes a record is one of these functions. Each opens a transaction, checks its permission, writes, "
        "appends its entry to the audit chain, and commits; what it refuses is written into the chain too.\n",
        *_table(["action", "where", "permission", "in the audit chain"], rows),
    ])  # fmt: skip


def environment() -> str:
    """What the environment may set; a secret is never among it."""
    return "\n".join([
        "# Environment\n",
        "The software reads these variables and no others of its own. A passphrase, key or password "
            "is never taken from the environment: "
        "every child process could read it.\n",
        *_table(["variable", "what it sets"], [[f"`{name}`", says] for name, says in ENVIRONMENT.items()]),
        "A site on PostgreSQL is found by the name of its service; libpq's own files hold address and password "
        "(`PGSERVICEFILE` and `PGPASSFILE` say where they lie).\n",
    ])  # fmt: skip


def _table(heads: list[str], rows: list[list[str]]) -> list[str]:
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    lines += [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return [*lines, ""]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def who_may_what() -> str:
    """Who may see and do what, for whoever has to answer for it."""
    sys.path.insert(0, str(FOLDER.parents[1]))
    from docs.who_may_what import page

    return page()


PAGES: dict[str, Callable[[], str]] = {
    "command-line.md": command_line,
    "permissions.md": permissions,
    "who-may-what.md": who_may_what,
    "actions.md": actions,
    "environment.md": environment,
}


def written() -> dict[str, str]:
    """Each page as it should be."""
    from django.utils.translation import override

    with override("en"):
        return {name: NOTICE + write().rstrip("\n") + "\n" for name, write in PAGES.items()}


def main(check: bool = False) -> int:
    """Write every page that has changed; or only name them, and give 1 where there are any."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "safeconduct.site.settings.restoring"
    django.setup()
    _load_every_room()
    stale = 0
    for name, text in written().items():
        path = FOLDER / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale = 1
        print(f"{path} is out of date: run python docs/write_reference.py" if check else path)
        if not check:
            path.write_text(text, encoding="utf-8")
    return stale if check else 0


def _load_every_room() -> None:
    """An action is known once its module is read."""
    import safeconduct

    apart = (
        "safeconduct.engines",
        "safeconduct.site",
        "safeconduct.cli",
        "safeconduct.core.storage",
        "safeconduct.core.spreadsheets",
    )
    for found in pkgutil.walk_packages(safeconduct.__path__, "safeconduct."):
        if not found.name.startswith(apart) and not found.name.endswith("__main__") and ".migrations" not in found.name:
            importlib.import_module(found.name)


if __name__ == "__main__":
    raise SystemExit(main("--check" in sys.argv[1:]))
