"""What people are in a team, from the least to the most they may do."""

ROLES = ("observer", "member", "lead", "admin")
MAY = {
    "observer": "reads everything, changes nothing, is not asked in standups",
    "member": "works: tickets, results, standups, blockers, learnings",
    "lead": "decides: promotes, approves, standups, digest, Definition of Done",
    "admin": "leads, and runs the app: settings, tokens, roles",
}
