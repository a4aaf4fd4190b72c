"""A real site in the shell: its passphrase, its accounts, a quarter of an hour, and two people with two secrets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.shell import PASSPHRASE, PASSWORD, inside, safeconduct


def line(text: str) -> str:
    return text + "\n"


@pytest.fixture
def key(tmp_path):
    path = tmp_path / "passphrase"
    path.write_text(line(PASSPHRASE))
    path.chmod(0o600)
    return path


def init(folder, key, password=PASSWORD, *more):
    return safeconduct(
        "init", folder, "--name", "Camp South", "--administrator", "root", "--key-file", key, *more, stdin=line(password)
    )


def test_a_real_site_holds_no_key_and_no_account_but_its_administrator(real, real_folder):
    assert not (real.path / "key").exists() and PASSPHRASE.encode() not in b"".join(
        path.read_bytes() for path in real.path.rglob("*") if path.is_file()
    )
    assert [path.name for path in real.path.rglob("*") if path.stat().st_mode & 0o077] == []
    listed = real.run("account", "list", "--json")
    assert {each["account"]: each["roles"] for each in listed.told}["root"] == ["administrator"]
    assert not any("demonstration" in each["account"] for each in listed.told)


@pytest.mark.parametrize("password, more, says", [
    ("short", [], "too easy to guess"),
    ("", [], "too easy to guess"),
    (PASSWORD, ["--zone", "Moon/Crater"], "Moon/Crater"),
])  # fmt: skip
def test_a_site_that_cannot_be_made_leaves_nothing_behind(tmp_path, key, password, more, says):
    done = init(tmp_path / "site", key, password, *more)
    assert done.status == 2 and says in done.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["passphrase"]


def test_a_folder_that_holds_something_is_never_made_a_site(tmp_path, key):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "letter.txt").write_text("mine")
    done = init(tmp_path / "site", key)
    assert done.status == 2 and "not an empty folder" in done.err
    assert [path.name for path in (tmp_path / "site").iterdir()] == ["letter.txt"]


def test_a_key_file_that_others_read_or_that_lies_in_the_site_is_refused(real):
    real.key.chmod(0o644)
    open_to_all = real.run("audit", "verify")
    assert open_to_all.status == 2 and "644" in open_to_all.err and "chmod 600" in open_to_all.err
    inner = real.path / "key"
    inner.write_text(line(PASSPHRASE))
    inner.chmod(0o600)
    beside = safeconduct("audit", "verify", "--key-file", inner, site=real.path)
    assert beside.status == 2 and "folder of the site that it opens" in beside.err
    unasked = safeconduct("audit", "verify", site=real.path)  # a real site takes no key from its own folder by itself
    assert unasked.status == 2 and "no passphrase was given" in unasked.err


def test_a_wrong_passphrase_says_so(real, tmp_path):
    wrong = tmp_path / "wrong"
    wrong.write_text("nine grey geese sleep inland\n")
    wrong.chmod(0o600)
    done = safeconduct("audit", "verify", "--key-file", wrong, site=real.path)
    assert done.status == 2 and "does not open this site" in done.err


def test_without_a_sign_in_a_command_is_refused(real, tmp_path):
    (real.path / "shell-session").unlink()  # of the administrator who made the accounts
    for arguments in (["plan"], ["audit", "verify"], ["export", "people", tmp_path / "p.csv"], ["backup", tmp_path / "b"]):
        done = real.run(*arguments)
        assert done.status == 2 and "safeconduct login" in done.err, arguments
    assert sorted(path.name for path in tmp_path.iterdir()) == ["real"]


def test_a_wrong_password_and_silence_are_refused_and_five_make_an_account_rest(real):
    silent = real.run("login", "ada")
    assert silent.status == 2 and "nothing was given" in silent.err
    for _time in range(5):
        assert "do not open" in real.run("login", "ada", stdin="wrong\n").err
    rests = real.run("login", "ada", stdin=line(PASSWORD))
    assert rests.status == 2 and "rests for 15 minutes" in rests.err
    real.sign_in("dan")


def test_a_session_ends_after_a_quarter_of_an_hour_and_at_sign_out(real):
    real.sign_in("dan")
    assert (real.path / "shell-session").stat().st_mode & 0o077 == 0
    assert real.run("audit", "verify").status == 0
    lasted = inside(
        real.path,
        """
from safeconduct.core.access.models import ShellSession
from datetime import timedelta
one = ShellSession.objects.latest("opened_at")
answer = (one.expires_at - one.opened_at).total_seconds()
one.opened_at -= timedelta(minutes=16)
one.expires_at -= timedelta(minutes=16)
one.save()
""",
        key_file=real.key,
    )
    assert lasted == 900
    over = real.run("audit", "verify")
    assert over.status == 2 and "15 minutes are over" in over.err
    real.sign_in("dan")
    assert real.run("logout").status == 0 and not (real.path / "shell-session").exists()
    assert real.run("audit", "verify").status == 2


def test_a_token_that_was_never_given_opens_nothing(real):
    (real.path / "shell-session").write_bytes(b"\xff\x00 not a token")
    done = real.run("audit", "verify")
    assert done.status == 2 and "safeconduct login" in done.err


def test_the_shell_keeps_to_the_roles(real, csv, tmp_path):
    sheet = csv("people.csv", "id,given_name", "N-1,Mina")
    for name, refused in {
        "dan": [["import", "people", sheet], ["export", "people", tmp_path / "p.csv"], ["plan"]],
        "ada": [["plan"], ["audit", "verify"], ["backup", tmp_path / "b"], ["account", "list"]],
    }.items():
        real.sign_in(name)
        for arguments in refused:
            done = real.run(*arguments)
            assert done.status == 2 and "roles do not include this" in done.err, (name, arguments)
    assert real.run("import", "people", sheet, "--json").told["new"] == 1  # ada is a registrar
    chain = inside(
        real.path,
        """
from safeconduct.core.audit.models import AuditEntry
answer = [entry.actor for entry in AuditEntry.objects.filter(act__contains="people")]
""",
        key_file=real.key,
    )
    assert chain and all(actor.startswith("shell:") for actor in chain)


def test_what_needs_two_people_needs_a_second_name_and_password(real, csv):
    real.sign_in("ada")
    assert real.run("import", "people", csv("people.csv", "id,given_name", "N-1,Mina")).status == 0
    real.sign_in("ben")
    offer = csv(
        "offers.csv",
        "id,title,provider,destination,kind,quota,status,status_source",
        "north,North,A state,NOR,resettlement,5,open,a letter",
    )
    assert real.run("import", "offers", offer).status == 0
    plan = real.run("plan", "--json")
    assert plan.status == 0 and plan.told["people_placed"] == 0, plan.err  # nobody chose, so nobody is placed

    alone = real.run("plan", "approve", "1")
    assert alone.status == 2 and "nothing was given" in alone.err
    himself = real.run("plan", "approve", "1", stdin=line("ben") + line(PASSWORD))
    assert himself.status == 2 and "second person" in himself.err
    guessed = real.run("plan", "approve", "1", stdin=line("cleo") + line("wrong"))
    assert guessed.status == 2 and "do not open" in guessed.err
    unfit = real.run("plan", "approve", "1", stdin=line("eve") + line(PASSWORD))
    assert unfit.status == 2 and "roles do not include this" in unfit.err
    assert real.run("plan", "show", "1", "--json").told["state"] == "computed"
    approved = real.run("plan", "approve", "1", "--json", stdin=line("cleo") + line(PASSWORD))
    assert approved.status == 0 and approved.told["state"] == "approved", approved.err


def test_accounts_are_opened_with_fit_roles_and_closed_at_once(real):
    real.sign_in("root")
    both = real.run("account", "open", "zed", "--role", "auditor", "--role", "registrar", stdin=line(PASSWORD))
    assert both.status == 2 and "may not be" in both.err
    weak = real.run("account", "open", "zed", "--role", "registrar", stdin="12345\n")
    assert weak.status == 2 and "too easy" in weak.err
    assert real.run("account", "open", "zed", "--role", "registrar", stdin=line(PASSWORD)).status == 0
    assert real.run("account", "close", "zed").status == 0
    assert real.run("login", "zed", stdin=line(PASSWORD)).status == 2
    own = real.run("account", "close", "root")
    assert own.status == 2 and "own holder" in own.err


def test_a_real_site_stands_at_the_real_day(real):
    today = inside(real.path, "from safeconduct.core import clock\nanswer = clock.now()", key_file=real.key)
    assert abs(datetime.fromisoformat(today) - datetime.now(UTC)) < timedelta(minutes=10)
    demo = safeconduct("demo", site=real.path)
    assert demo.status == 2


def test_the_shell_asks_for_the_second_factor_where_there_is_one(real):
    from safeconduct.core.signin.codes import code_at

    secret = bytes(range(20))
    step = inside(
        real.path,
        f"""
from safeconduct.core import clock
from safeconduct.core.access.models import Account
from safeconduct.core.signin import codes
from safeconduct.core.signin.actions.factors import add_app
ada, secret, now = Account.objects.get(username="ada"), {secret!r}, clock.real()
code = codes.code_at(secret, int(now.timestamp() // 30))
answer = add_app(by=ada.actor(), account=ada, secret=secret, code=code, name="phone", at=clock.now(), real=now).last_step
""",
        key_file=real.key,
    )
    code = code_at(secret, step + 1)
    assert "nothing was given" in real.run("login", "ada", stdin=line(PASSWORD)).err
    assert "does not open" in real.run("login", "ada", stdin=line(PASSWORD) + line("ABCDE-FGHJK")).err
    assert real.run("login", "ada", stdin=line(PASSWORD) + line(code)).status == 0
    assert "does not open" in real.run("login", "ada", stdin=line(PASSWORD) + line(code)).err, "each code counts once"


def test_a_first_password_opens_the_shell_for_an_own_one_only(real):
    own = "willows lean over slow water"
    real.sign_in("root")
    assert real.run("account", "open", "zed", "--role", "registrar", stdin=line(PASSWORD)).status == 0
    assert "has now" in real.run("login", "zed", stdin=line(PASSWORD) * 2).err
    assert real.run("login", "zed", stdin=line(PASSWORD) + line(own)).status == 0
    assert real.run("login", "zed", stdin=line(own)).status == 0
