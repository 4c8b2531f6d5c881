"""Kind and picture of every status of what is kept with the watchlists, for lists and records alike."""

INSTRUCTIONS = {
    "arrest": ("bad", "alert"),
    "refuse": ("warn", "circle-x"),
    "discreet": ("vio", "eye"),
    "question": ("info", "message"),
    "inform": ("mute", "info"),
}
STATES = {
    "active": ("ok", "circle-check"),
    "expired": ("mute", "clock"),
    "suspended": ("warn", "alert"),
    "withdrawn": ("mute", "x"),
}
IMPORT_STATES = {
    "received": ("info", "half"),
    "previewed": ("info", "eye"),
    "held": ("warn", "alert"),
    "proposed": ("warn", "users"),
    "applying": ("info", "half"),
    "applied": ("ok", "circle-check"),
    "refused": ("bad", "circle-x"),
    "dropped": ("mute", "minus"),
}
CLEARANCE_STATES = {"active": ("ok", "circle-check"), "revoked": ("mute", "undo"), "ended": ("mute", "minus")}
RULE_STATES = {
    "active": ("ok", "circle-check"),
    "proposed": ("warn", "clock"),
    "draft": ("mute", "pen"),
    "suspended": ("mute", "x"),
    "ended": ("mute", "x"),
}
THRESHOLD_STATES = {
    "proposed": ("warn", "half"),
    "in_force": ("ok", "circle-check"),
    "ended": ("mute", "history"),
    "declined": ("mute", "x"),
    "withdrawn": ("mute", "undo"),
}
