"""The demo's mailbox is open to everybody; where mail is really sent it is not there at all."""

import rules

rules.add_perm("demo.read_mail", rules.always_allow)
