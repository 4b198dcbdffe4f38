"""What only looks like a secret, a gap or somebody's own number."""

from __future__ import annotations

from tests.unit.test_wording_leaks import leaks
from tests.wording.measure import shipped_rules
from warroom.wording import Facts, check_text

FINE = r"""
Your sort code field stays empty.
Show your boarding pass A12B45 at the gate.
The system code E1205 was shown on 40 screens.
the password reset page
The password reset page is slow.
password: forgotten
token expired
The token expired.
Your token is expired.
Reset your password at example.com
Reset your password at https://example.com/reset.
Password: forgotten by many users
The password is wrong.
The password is required.
Passwords: not affected.
Your password is safe.
Your password is not affected.
The token is invalid.
The token is valid for 24 hours.
Passwords are stored encrypted.
API key: not affected
API keys were not exposed.
The API key is rotated every 90 days.
The secret is out
The secret is safe with us.
No passwords were leaked.
Enter your password.
Password reset e-mails are delayed since 03:41 UTC.
Password policy: 12 characters
Password length: 12
Incident INC-20261127
Incident 2026-11-27
Incident #48213
Ticket OPS-1234 is open
Order 4711 is late
Order 48291330 was charged twice
order id 4021-9931-2241
Order 1234567890123456
Invoice 2026-000123
Reference 8234 5678 9012
Version 2.3.1
v2.3.1-rc1
build 20261127.4
At 03:41 UTC on 27 November 2026
27.11.2026 03:41
2026-11-27T03:41:00Z
11/27/2026
$1,250,000.00
€ 12 500
$14,208 per hour
1 234 567 orders
12 345 678 requests
Between 03:17 and 03:41 UTC
10.5 % of 20,000
support@example.com
Write to support@example.com.
Contact help@example.com
See https://status.example.com
https://status.example.com/incidents/abc123
status.example.com
Call our support line at +49 800 5550100
https://example.com/login
https://help.example.com/articles/1234
https://www.example.com:443/
Use the code SAVE20 at checkout
error code 503
Error 0x80070005
The PIN pad is broken
PIN entry fails
PIN: entering it fails
one-time codes are delayed
The verification code arrives late
OTP codes are delayed by 12 minutes
2FA codes arrive 10 minutes late
Codes are sent within 30 seconds.
card payments fail
Cards ending in 4242 fail
Card numbers were not exposed.
Bearer bonds
bearer of bad news
authorization: fails
Authorization failed
the key is to wait
The key is to wait.
The key question is who pays.
key: value
The basic plan is affected
Basic subscribers are affected since 03:17.
The pass is 10 minutes late
Boarding pass: not available
with -p the output is printed
mkdir -p /var/log
ssh -p 2222 host
a < b and c > d
3 < 5
x > 2
Room 101
Flight LH 1234
Postcode 10115
Phone support is open
Phones are down
Mobile apps fail
The hotline +49 800 5550100 is open
DE customers are affected
GB29 is the gate
Tracking number 1Z999AA10123456784
UUID 550e8400-e29b-41d4-a716-446655440000
commit 8f7e6d5c4b3a
request id 8f7e6d5c4b3a2910
trace 4bf92f3577b34da6a3ce929d0e0e4736
IP addresses are not affected
192 customers
Tax id DE123456789
ISBN 978-3-16-148410-0
Call 112
0 of 12 hosts
The user: everyone
Login: fails
user/password login fails
username/password logins fail
Log in with user and password
https://example.com/?ref=abc
https://example.com/article?id=12345
mailto:support@example.com
Tokens: unaffected
access token refresh fails
The access token lifetime is 60 minutes.
Password change: https://example.com/change
The password must have 12 characters.
password managers
a password of 8 characters
Your new password is active within 5 minutes.
secret santa
Keys: none
Access key holders
The door code system is down
We await word from Todo Inc
Todo list items are missing
The to-do list app is down
null results
N/A
Lorem is a brand
Placeholder images are shown
XXL shirts
phase XXII
The name tag <b>
Next update at 04:17 UTC
1-800 numbers fail
from 10.00 to 11.30
2.0.0.1 release
The 10.0.1 release
version 10.0.3.17
version 192.168.1
Boarding pass LH1234 is printed
Passwords use SHA256 hashes.
docker run -u 1000:1000 app
psql -p 5432 is blocked
The mysql -p option
Contact:support@example.com
At 12:30@Room 5
order 123-45-6789
pass rate: 99.5%
tokens per second: 20k
Token limit is 128k
The secret was rotated on 2026-11-27T03:41Z
The token is 24h valid
Password rules: 8-64 characters
API keys for v2 work
Bearer tokens expire every 10 minutes
username:password logins fail
""".strip().splitlines()


def test_what_only_looks_like_it_is_fine() -> None:
    for text in FINE:
        assert leaks(text, "customers") == leaks(text, "log") == [], text


def test_the_contacts_that_everybody_may_have_are_no_leak() -> None:
    text = "Mail jo.weber@example.com or call +49 170 5550100."
    given = Facts(contacts=("jo.weber@example.com", "+49 170 5550100"))
    assert [finding.words for finding in check_text(text, shipped_rules(), "customers")] != []
    assert check_text(text, shipped_rules(), "customers", given) == ()
    other = check_text("Mail jo.weber@example.com or ann.weber@example.com.", shipped_rules(), "customers", given)
    assert [finding.words for finding in other] == ["ann.weber@example.com"]
