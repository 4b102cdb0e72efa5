"""What people are in a team, from the least to the most they may do."""

ROLES = ("observer", "member", "lead", "admin")
MAY = {
    "observer": "reads everything, changes nothing, is not asked in standups",
    "member": "works: tickets, results, standups, blockers, learnings",
    "lead": "decides: promotes, approves, digest, the team's people and settings",
    "admin": "leads every team, and runs the app: tokens, retention, admins",
}
