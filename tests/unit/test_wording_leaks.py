"""Secrets, gaps and people's own numbers as they are pasted."""

from __future__ import annotations

from tests.wording.measure import shipped_rules
from warroom.wording import AUDIENCES, Audience, check_text


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


def test_secrets_and_gaps_are_told_to_everybody() -> None:
    for text in (*SECRETS, *GAPS):
        for audience in AUDIENCES:
            assert leaks(text, audience), (text, audience)


def test_what_is_private_is_told_to_whoever_writes_to_customers() -> None:
    for text in PRIVATE:
        assert leaks(text, "customers"), text
