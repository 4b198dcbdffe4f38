"""`warroom review`: post-mortems to read, and which of them somebody has read."""

from __future__ import annotations

import json

from tests.e2e.conftest import Cli


def test_a_post_mortem_is_listed_read_and_marked(cli: Cli) -> None:
    ref = cli.declare("Checkout errors", "2")
    assert cli.ok("review") == "No post-mortem to read yet: none was written of an incident that is over."
    cli.ok("fact", "system", "checkout")
    cli.ok("resolve", "rolled back")
    cli.ok("postmortem", "state", "done")
    line = f"{ref}  2026-11-23  SEV2  Checkout errors · checkout"
    assert cli.ok("review").splitlines() == ["Post-mortems: 0 of 1 read", f"· {line}"]
    ran = cli.run("review", "read", ref[:4], "--learned", "Test the rollback")
    assert ran.code == 0
    assert ran.out.startswith("POST-MORTEM: Checkout errors\n")
    assert ran.err == "warroom: Checkout errors: marked as read.\n"
    read = ["Post-mortems: 1 of 1 read", f"✓ {line}", "    read on 2026-11-23: Test the rollback"]
    assert cli.ok("review").splitlines() == read
    cli.run("review", "read", ref)
    assert cli.ok("review").splitlines() == read, "reading it again keeps what was learned"
    [row] = json.loads(cli.ok("review", "--json"))
    assert (row["ref"], row["learned"], row["post_mortem"]) == (ref, "Test the rollback", "done")
    assert cli.run("review", "read", ref, "--unread").err == "warroom: Checkout errors: not read.\n"
    assert cli.ok("review", "--by", "system").splitlines()[0] == "Post-mortems: 0 of 1 read"
    other = cli.declare("Nothing written", "4")
    ran = cli.run("review", "read", other)
    assert ran.code == 2
    assert f"Incident {other} has no post-mortem to read" in ran.err
