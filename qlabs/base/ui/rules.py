import rules

rules.add_perm("ui.gallery", rules.always_allow)
