"""Whether a root cause only repeats what set the incident off."""

from __future__ import annotations

import time

import pytest

from warroom.wording import same_as_trigger

DEPLOY = "The deploy of v2.3 of the payment service at 03:05 UTC."
CONFIG = "A config change at 14:10 set the timeout of the client to zero."
SPIKE = "Traffic spike after the newsletter went out at 09:00."


@pytest.mark.parametrize(
    ("root_cause", "trigger"),
    [
        (DEPLOY, DEPLOY),
        ("the deploy of v2.3", DEPLOY),
        ("Deployment of v2.3 of the payment service", DEPLOY),
        ("The release of v2.3 of the payment service.", DEPLOY),
        ("It was caused by the deploy of v2.3", ""),
        ("The root cause was the rollout of v2.3 to the payment service.", DEPLOY),
        ("A config change", ""),
        ("a configuration change", CONFIG),
        ("The timeout of the client was set to zero by a config change.", CONFIG),
        ("traffic spike after the newsletter", SPIKE),
        ("A surge of traffic after the newsletter", SPIKE),
        ("Traffic spike", "Black Friday"),
        ("- Routine database migration", "Migration of the orders table"),
        ("The upgrade of the proxy to 1.24", "We upgraded the proxy"),
        ("Because of yesterday's deploy", ""),
        ("Bad deploy", ""),
        ("The newsletter", ""),
        ("A deploy (v2.3)", ""),
        ("New release of the app", "We released the app"),
        ("The deploy of v2.3 caused the outage.", DEPLOY),
        ("The restart of the primary database at 02:00", ""),
        ("Failover to the second region", "Failover to the second region at 04:00 CET"),
        ("A client without a limit on retries", "A client without a limit on retries"),
    ],
)
def test_the_trigger_again(root_cause: str, trigger: str) -> None:
    assert same_as_trigger(root_cause, trigger)


@pytest.mark.parametrize(
    ("root_cause", "trigger"),
    [
        ("", DEPLOY),
        (" \n", ""),
        ("Each pod opens 100 connections, and nothing limits their sum.", DEPLOY),
        ("The deploy of v2.3 exhausted the connection pool.", DEPLOY),
        ("The deploy of v2.3 was possible without the migration it needs.", DEPLOY),
        ("The deploy of v2.3 broke because no test runs against a full pool", DEPLOY),
        ("Missing index on the orders table", "Deploy of v2.3"),
        ("The client treats a timeout of zero as no limit.", CONFIG),
        ("A config change reaches every host at the same time", CONFIG),
        ("A config change which let the timeout be zero", CONFIG),
        ("Nothing refuses a timeout of zero.", CONFIG),
        ("The queue has no limit, so that a traffic spike fills the memory.", SPIKE),
        ("The autoscaler adds one pod a minute; a spike needs ten at once.", SPIKE),
        ("Traffic spikes are not throttled", SPIKE),
        ("The certificate of the proxy expired", "Restart of the proxy at 02:00"),
        ("The change overwrote the settings of all hosts", "A change of the base image"),
        ("Updates are applied to all replicas in parallel", "Update of the replicas"),
        ("A race between two workers", "Deploy of the worker"),
        ("Connection pool too small", DEPLOY),
        ("Human error", DEPLOY),
        ("The deploy checks whether the process is up, not whether it can reach the database.", DEPLOY),
        ("Two services share a connection pool, and the payment service can use all of it.", DEPLOY),
        ("The release process has a step that is done by hand.", DEPLOY),
        ("Le déploiement", ""),
        ("Deploy process", ""),
        ("Change management", ""),
        ("Release checklist", "Deploy"),
        ("traffic routing", ""),
        ("Manual deploy steps", ""),
        ("Deploys go to all regions at once", ""),
        ("Change of the certificate by hand", ""),
        ("Traffic from the load test goes to production", ""),
        ("An update to the schema that locks the whole table", ""),
        ("An unreviewed config change", "A config change"),
        ("Maintenance of the optical equipment cut the link for 43 seconds", "Routine maintenance"),
    ],
)
def test_a_reason_or_something_else(root_cause: str, trigger: str) -> None:
    assert not same_as_trigger(root_cause, trigger)


@pytest.mark.parametrize("unit", ["a", " ", "the deploy ", "change of ", "a-b.c/", "because ", "\n", "'"])
def test_any_text_is_compared_quickly(unit: str) -> None:
    text = (unit * 50_000)[:50_000]
    begun = time.process_time()
    same_as_trigger(text, text)
    same_as_trigger(text, DEPLOY)
    same_as_trigger(DEPLOY, text)
    assert time.process_time() - begun < 1
