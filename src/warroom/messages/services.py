"""What customers call the affected system, in a sentence: `checkout`, `our customer portal`, or only `our service`."""

from __future__ import annotations

import re

from warroom.messages.grammar import clause
from warroom.text.cleaning import clean
from warroom.text.sentences import unstopped

UNNAMED = "our service"
"""What is said where the affected system has no name that customers know."""


def service(system: str) -> str:
    """What fails, in words that customers know: the affected system, unless only engineers call it that."""
    text = unstopped(clean(system).strip())
    parts = [part for part in _SEPARATOR.split(text) if part]
    if not parts or not all(_PLAIN_NAME.fullmatch(part) for part in parts) or NOT_FOR_CUSTOMERS.search(text):
        return UNNAMED
    if re.match(r"(?:our|the)\b", text, re.IGNORECASE):
        return _joined([clause(part) for part in parts])
    named = [_lowered(part) for part in parts]
    first = next((place for place, part in enumerate(named) if _IN_GENERAL.search(part)), None)
    if first and first == len(named) - 1 and named[first].endswith("s"):
        named[0] = f"our {named[0]}"  # `iOS and Android apps` are both of them apps
    elif first is not None:
        named[first] = f"our {named[first]}"
    return _joined(named)


def several(service: str) -> bool:
    """Whether a sentence about a service has its verb in the plural: `payments are slow`."""
    last = service.rpartition(" ")[2].casefold()
    return " and " in service or (last.endswith("s") and not last.endswith(("ss", "us", "is")))


def words_of(service: str) -> frozenset[str]:
    """The words that name a service, with the singular of each."""
    found = re.findall(r"[^\W_]+", service.casefold())
    return frozenset({*found, *(word.removesuffix("s") for word in found)})


def _joined(parts: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def _lowered(part: str) -> str:
    """A name with a small letter first if it is made of ordinary words: `Customer Portal` may not stay as it is."""
    words = part.split()
    if all(map(_ORDINARY.fullmatch, words)):
        return " ".join(word if word.isupper() else _NAMES.get(word.lower(), word.lower()) for word in words)
    words = [word.upper() if word.casefold() in _ABBREVIATIONS else word for word in words]
    return clause(" ".join(words))


_SEPARATOR = re.compile(r"\s*(?:,(?:\s*and\b)?|&|\+|;|(?<=\w)/(?=\w)|\band\b)\s*", re.IGNORECASE)
_WORD = r"(?:(?:e|log|sign|check|in|self|two|pay|web)-[^\W\d_]+(?:-[^\W\d_]+)?|[^\W\d_]+)"
_PLAIN_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{0,4}}", re.IGNORECASE)
"""A few words, without digits or signs of a name that only engineers know; `e-mail` and `log-in` may have theirs."""
_SUPPLIERS = (
    r"adyen|akamai|amazon|auth0|aws|azure|braintree|cloudflare|cloudfront|datadog|digitalocean|fastly|gcp|github|gitlab"
    r"|google|heroku|hetzner|hubspot|klarna|mailchimp|mailgun|microsoft|mollie|netlify|okta|opsgenie|pagerduty|paypal"
    r"|salesforce|sendgrid|sentry|shopify|slack|snowflake|stripe|supabase|twilio|vercel|worldpay|zendesk"
)
"""Companies that others buy from: customers buy from us, so that none of them is the subject of a headline."""
_ENGINEERS = (
    r"ansible|backends?|brokers?|caches?|cassandra|cdn|cluster|consumers?|cron|daemon|databases?|db|ddos|deploys?"
    r"|deployments?|dns|docker|dynamo\w*|ec2|elastic\w*|etcd|failovers?|firewall|gateways?|grafana|graphql|grpc|haproxy"
    r"|helm|hosts?|indexer|infra\w*|ingress|instances?|jenkins|k8s|kafka|kube\w*|lambdas?|latency|load ?balancers?"
    r"|maria\w*|memcached?|middleware|migrations?|mongo\w*|mysql|nat|nginx|nodes?|oracle|partitions?|pipelines?|pods?"
    r"|postgre\w*|primary|prod|prometheus|proxy|proxies|queues?|rabbit\w*|rds|redis|releases?|replicas?|rollbacks?"
    r"|routers?|s3|schemas?|secondary|servers?|shards?|sql|ssl|sso|storage|terraform|tls|tomcat|varnish|vault|vpc|vpn"
    r"|workers?"
)
_UNKNOWN = r"all|everything|investigating|known|not|several|some|tbd|unclear|unknown|various|yet"
NOT_FOR_CUSTOMERS = re.compile(rf"\b(?:{_SUPPLIERS}|{_ENGINEERS}|{_UNKNOWN})\b", re.IGNORECASE)
"""Words that name no part of a service as customers know it."""
TECHNICAL = re.compile(rf"\b(?:{_SUPPLIERS}|{_ENGINEERS})\b", re.IGNORECASE)
"""Names that customers don't know, or that are of others."""
_IN_GENERAL = re.compile(
    r"\b(?:api|apps?|back office|calendar|cent(?:er|re)|console|dashboards?|editor|engine|forum"
    r"|library|hotline|marketplace|newsletter|pages?|panel"
    r"|platform|portal|services?|shop|sites?|stores?|systems?|tool|web ?shop|websites?|widget)$",
    re.IGNORECASE,
)
"""Names of which there may be many, so that it is said whose it is: `our web shop`."""
_NAMES = {"android": "Android", "ios": "iOS"}
_ABBREVIATIONS = frozenset({"api", "sms", "pdf", "csv"})
_ORDINARY = re.compile(
    r"accounts?|admin|android|apps?|basket|billing|bookings?|calendar|cards?|cart|catalogue|chat|checkout|console|customers?|dashboard|data"
    r"|delivery|e-?mails?|editor|exports?|forum|gift|history|images?|imports?|invoices?|log-in|logins?|mails?|maps?|mobile"
    r"|newsletter|notifications?|online|orders?|ordering|pages?|panel|password|payments?|phone|photos?|platform|portal|print"
    r"|products?|profiles?|public|push|registration|reports?|reporting|search|services?|shipping|shop|sign-in|sign-up"
    r"|site|store|support|system|tickets?|tool|tracking|uploads?|users?|videos?|web|websites?|webshop",
    re.IGNORECASE,
)
"""Words that are no names, wherever they have a capital letter."""
