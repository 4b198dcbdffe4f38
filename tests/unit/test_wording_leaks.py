"""Secrets, gaps and people's own numbers as they are pasted, and what looks like one and is none."""

from __future__ import annotations

from tests.wording.measure import shipped_rules
from warroom.wording import AUDIENCES, Audience, Facts, check_text


def leaks(text: str, audience: Audience) -> list[str]:
    return [finding.words for finding in check_text(text, shipped_rules(), audience) if finding.rule == "leak"]


SECRETS = r"""
password=xxxxxxxxx1
password: hunter2
password:hunter2
psw=summer2024!
psw: summer2024!
pswd=hunter2
passwd: hunter2
pass:summer2024!
pass=blue
The refund went to account 31926819, sort code 60-16-13.
Use the admin pass Hunter22 to get in.
The wifi code is KX-4471.
Your code: 482913
Your code is 482 913
your login code: 4829
The code is 482913.
482913 is your verification code
code: 482913
IBAN: DE89370400440532013000
Password : hunter2
pwd=hunter2
pwd = abc
PASSWORD="correct horse"
PASSWORD='hunter'
DB_PASSWORD=hunter2
db_password: s3cr3tpw
POSTGRES_PASSWORD: swordfish1
the password is hunter2
the admin password is "swordfish"
password for the admin account: Winter2026
pw: Sommer2026!
pass: Sommer2026!
user: admin pass: Sommer2026!
token=abc123def456
token: 8f7e6d5c4b3a
The token is 8f7e6d5c4b3a2910
Authorization: Bearer 4f9a0c2e7b1d48d6a3e5f7c9
Authorization: Bearer abcdefghijklmnopqrstuvwxyz
Authorization: Basic dXNlcjpwYXNzd29yZA==
Authorization: Token 9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b
X-Api-Key: 9f8e7d6c5b4a39281706
api key 9f8e7d6c5b4a39281706
The API key is 9f8e7d6c5b4a39281706.
api_key=9f8e7d6c
apikey: 9f8e7d6c5b4a
API-KEY 9f8e7d6c5b4a39281706
AKIAIOSFODNN7EXAMPLE
ASIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
secret access key: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
AWS secret wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
The secret key is wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
ghp_0123456789abcdefABCDEF0123456789abcd
gho_0123456789abcdefABCDEF0123456789abcd
github_pat_11ABCDEFG0aBcDeFgHiJkL_mNoPqRsTuVwXyZ
glpat-ABCdef123456ghiJKL78
xoxb-123456789012-abcdefGHIJKL
xoxp-123456789012-abcdefGHIJKL
xapp-1-A01B2C3D4-1234567890-abcdef0123456789
sk_live_4eC39HqLyjWDarjtT1zdp7dc
sk_test_4eC39HqLyjWDarjtT1zdp7dc
rk_live_4eC39HqLyjWDarjtT1zdp7dc
sk-proj-abcdefGHIJKL1234567890
sk-ant-api03-abcdefGHIJKL1234567890
AIzaSyA1234567890abcdefghijklmnopqrstuv
SG.abcdefghijklmnopqrstuv.wxyzABCDEFGHIJKLMNOPQR
npm_abcdefghijklmnopqrstuvwxyz0123456789
pypi-AgEIcHlwaS5vcmcCJGFiY2RlZg
dop_v1_0123456789abcdef0123456789abcdef
hf_abcdefghijklmnopqrstuvwxyz012345
-----BEGIN RSA PRIVATE KEY-----
-----BEGIN OPENSSH PRIVATE KEY-----
-----BEGIN PGP PRIVATE KEY BLOCK-----
-----BEGIN PRIVATE KEY-----
-----BEGIN EC PRIVATE KEY-----
eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJleGFtcGxlIn0.c2lnbmF0dXJlLWV4YW1wbGU
postgres://user:pw@host/db
postgresql://user:pw@host:5432/db
mysql://root:secret@db.example.com/orders
mongodb+srv://app:hunter2@cluster0.abc.mongodb.net
redis://:p4ssw0rd@cache:6379
amqp://guest:guest@rabbit
https://admin:hunter2@example.com/admin
Connect with user:pw@host
ssh deploy:hunter2@db1
jdbc:mysql://db/orders?user=app&password=hunter2
Server=db;Database=orders;User Id=app;Password=hunter2;
curl -u admin:hunter2 https://api.example.com
curl --user admin:hunter https://api.example.com
run it with --password foo
run it with --password=foo
mysql -u root -p hunter2
mysql -u root -phunter2
mysql -uroot -pfoo
sshpass -p foo ssh root@db
docker login -u ci -p foo123
export SECRET_KEY=abcdef
client_secret=abc123def
client secret: abc123def456
Your OTP is 482913
Your one-time code is 482913.
OTP: 482913
The verification code is 482 913
2FA code 482913
use code 482913 to log in
The 2FA code is G-482913
MFA code: 123456
the PIN is 4711
PIN: 4711
passphrase: correct horse battery staple
passcode 4711
https://example.com/reset?token=8f7e6d5c4b3a
https://bucket.s3.amazonaws.com/x?X-Amz-Signature=0123456789abcdef
https://hooks.slack.com/services/T000/B000/XXXX
https://discord.com/api/webhooks/1234567890/abcdefGHIJKL
credentials: admin/hunter2
login: admin / hunter2
username admin, password hunter2
Username: admin Password: hunter
admin:hunter2
root/toor123
The Wi-Fi password is coffee4all
secret = "abc"
"password": "hunter2"
'password': 'hunter'
"api_key":"9f8e7d6c5b4a"
password -> hunter2
password → hunter2
pw hunter2
password hunter2
password (hunter2)
password `hunter2`
password **hunter2**
password is: hunter2
password is now hunter2
the new password is hunter2
reset the password to hunter2
my password was hunter2
passwort: hunter2
mot de passe : hunter2
contraseña: hunter2
pass=hunter
4111 1111 1111 1111
4111-1111-1111-1111
4111111111111111
5500 0000 0000 0004
5500000000000004
2221 0000 0000 0009
2221000000000009
3782 822463 10005
378282246310005
6011 1111 1111 1117
6011111111111117
3530111333300000
card 4111 1111 1111 1111 exp 12/27 cvc 123
4242424242424242 was charged twice
DE89 3704 0044 0532 0130 00
DE89370400440532013000
GB29 NWBK 6016 1331 9268 19
FR76 3000 6000 0112 3456 7890 189
NL91ABNA0417164300
IBAN: CH93 0076 2011 6238 5295 7
078-05-1120
SSN 078-05-1120
SSN: 078051120
social security number 078 05 1120
""".strip().splitlines()

PRIVATE = r"""
Call me on +49 170 5550100
+1 (415) 555-2671
+1-415-555-2671
(415) 555-2671
415-555-2671
415.555.2671
+44 20 7946 0958
+44 7700 900123
07700 900123
+33 6 12 34 56 78
06 12 34 56 78
0170 5550100
0170/5550100
+4917055501
0043 660 1234567
+91 98765 43210
+81 90-1234-5678
090-1234-5678
+86 138 0013 8000
+61 412 345 678
0412 345 678
+39 333 123 4567
+34 612 34 56 78
+55 11 91234-5678
(11) 91234-5678
Ring Priya on 0170 5550100
priya.sharma@example.com
priya@example.com
Write to p.sharma@example.com
john_doe@gmail.com
jsmith@example.com
See https://wiki.example.com/runbook
https://jira.example.com/browse/OPS-123
https://example.atlassian.net/browse/OPS-1
https://grafana.example.com/d/abc
grafana.internal
https://payments.internal/health
payments.svc.cluster.local
http://localhost:8080/x
localhost:3000
http://10.0.0.1/
http://192.168.0.1
https://example.slack.com/archives/C01/p123
https://docs.google.com/document/d/abc
https://confluence.example.com/x
https://app.datadoghq.com/dash
https://example.pagerduty.com/incidents/1
https://github.com/acme/checkout/pull/12
https://gitlab.com/acme/checkout/-/merge_requests/1
https://www.notion.so/acme/123
https://zoom.us/j/123456789
https://meet.google.com/abc-defg-hij
https://teams.microsoft.com/l/meetup
https://kibana.prod.example.com
\\fileserver\share\x
https://sentry.io/organizations/acme
file:///home/ann/x
http://checkout-api:8080/health
https://staging.example.com
https://runbooks.example.com
https://vault.example.com
https://intranet.example.com
https://intranet/x
""".strip().splitlines()

GAPS = r"""
Next: TODO
TODO: write this
Next update: TBD
Next update: tbd
Cause: XXX
Dear <name>,
Hello <Name>
Hello <your name>
Hello {{x}}
Hello {{ customer.name }}
Hello {name}
Hello {0}
Hello %s
Hello ${name}
Hello $NAME
Hello [insert name]
[insert impact here]
[Name]
[TBD]
[your team]
lorem ipsum
Lorem ipsum dolor sit amet
At [time] UTC
At HH:MM UTC
At XX:XX UTC
<TIME>
<insert link>
___
Impact: ???
FIXME
Placeholder text
PLACEHOLDER
<<name>>
{% if x %}
@@NAME@@
Hi FIRST_NAME
""".strip().splitlines()

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


def test_secrets_and_gaps_are_told_to_everybody() -> None:
    for text in (*SECRETS, *GAPS):
        for audience in AUDIENCES:
            assert leaks(text, audience), (text, audience)


def test_what_is_private_is_told_to_whoever_writes_to_customers() -> None:
    for text in PRIVATE:
        assert leaks(text, "customers"), text


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
