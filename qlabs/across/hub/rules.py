import rules

from qlabs.base.lab.rules import anyone, is_operator, is_signed_in, sees_lab

rules.add_perm("hub.home", anyone)
rules.add_perm("hub.see_labs", anyone)
rules.add_perm("hub.see_lab", sees_lab)
rules.add_perm("hub.page", anyone)
rules.add_perm("hub.health", anyone)
rules.add_perm("hub.see_waiting", is_signed_in)
rules.add_perm("hub.see_tasks", is_operator)
rules.add_perm("hub.retry_task", is_operator)
