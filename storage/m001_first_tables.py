"""Version 1 of the tables. Amounts are TEXT, times INTEGER milliseconds UTC, compound values JSON."""

#: Marks the file as Dustpan's own ("Dust" in ASCII).
APPLICATION_ID = 0x44757374

_CONVERSION = """
CREATE TABLE conversion (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    chat_id INTEGER,
    user_id INTEGER,
    origin TEXT NOT NULL CHECK (origin IN ('chat', 'exchange')),
    state TEXT NOT NULL CHECK (state IN ('quoted', 'cancelled', 'expired', 'submitting', 'accepted',
        'filled', 'partly_filled', 'refused', 'unknown', 'not_executed')),
    quote TEXT NOT NULL,
    left_out TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    message_id INTEGER,
    attempt_at INTEGER,
    reference TEXT,
    settled_at INTEGER,
    refusal TEXT,
    closed_by TEXT CHECK (closed_by IN ('answer', 'looking', 'owner')),
    asked_at INTEGER,
    corrected INTEGER NOT NULL DEFAULT 0,
    looks INTEGER NOT NULL DEFAULT 0,
    absents INTEGER NOT NULL DEFAULT 0,
    next_look_at INTEGER
) STRICT
"""

_ONE_LIVE_CONVERSION = """
CREATE UNIQUE INDEX one_live_conversion ON conversion (account)
    WHERE state IN ('submitting', 'accepted', 'unknown')
"""

_CONVERSION_BY_STATE = "CREATE INDEX conversion_by_state ON conversion (state)"

_CONVERSION_BY_ATTEMPT = """
CREATE INDEX conversion_by_attempt ON conversion (account, attempt_at) WHERE attempt_at IS NOT NULL
"""

_CONVERSION_EVENT = """
CREATE TABLE conversion_event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversion_id TEXT NOT NULL REFERENCES conversion (id),
    at INTEGER NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    note TEXT NOT NULL,
    raw TEXT NOT NULL
) STRICT
"""

_EVENT_BY_CONVERSION = "CREATE INDEX event_by_conversion ON conversion_event (conversion_id)"

_EVENTS_STAY_AS_THEY_ARE = """
CREATE TRIGGER events_stay_as_they_are BEFORE UPDATE ON conversion_event
BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END
"""

_EVENTS_STAY = """
CREATE TRIGGER events_stay BEFORE DELETE ON conversion_event
BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END
"""

_FILL = """
CREATE TABLE fill (
    account TEXT NOT NULL,
    trade_id TEXT NOT NULL,
    conversion_id TEXT NOT NULL REFERENCES conversion (id),
    position INTEGER NOT NULL,
    asset TEXT NOT NULL,
    amount TEXT NOT NULL,
    gross TEXT NOT NULL,
    fee TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (account, trade_id)
) STRICT, WITHOUT ROWID
"""

_FILL_BY_CONVERSION = "CREATE INDEX fill_by_conversion ON fill (conversion_id)"

# One statement reads a conversion and its fills: both are of the same moment.
_CONVERSION_WITH_FILLS = """
CREATE VIEW conversion_with_fills AS
SELECT conversion.*, (
    SELECT json_group_array(json_array(fill.position, json_object(
        'trade_id', fill.trade_id, 'asset', fill.asset, 'amount', fill.amount,
        'gross', fill.gross, 'fee', fill.fee, 'at', fill.at)))
    FROM fill WHERE fill.conversion_id = conversion.id
) AS fills
FROM conversion
"""

_CONVERSION_COOLDOWN = """
CREATE TABLE conversion_cooldown (
    account TEXT PRIMARY KEY,
    started_at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    learned_from TEXT NOT NULL,
    learned_at INTEGER NOT NULL,
    length INTEGER
) STRICT
"""

_CHAT_SETTINGS = """
CREATE TABLE chat_settings (
    chat_id INTEGER PRIMARY KEY,
    currency TEXT NOT NULL,
    threshold TEXT NOT NULL,
    threshold_currency TEXT NOT NULL,
    alert_cooldown INTEGER NOT NULL,
    report_period TEXT,
    report_at TEXT,
    report_day INTEGER,
    zone TEXT NOT NULL,
    silent INTEGER NOT NULL,
    snoozed_until INTEGER
) STRICT
"""

_PROTECTED_ASSET = """
CREATE TABLE protected_token (
    chat_id INTEGER NOT NULL REFERENCES chat_settings (chat_id),
    asset TEXT NOT NULL,
    PRIMARY KEY (chat_id, asset)
) STRICT, WITHOUT ROWID
"""

_REPORT_DUE = """
CREATE TABLE report_due (
    chat_id INTEGER PRIMARY KEY,
    next_at INTEGER NOT NULL,
    since INTEGER NOT NULL
) STRICT
"""

_ALERT_STATE = """
CREATE TABLE alert_state (
    account TEXT NOT NULL,
    chat_id INTEGER NOT NULL,
    armed INTEGER NOT NULL,
    last_alert_at INTEGER,
    PRIMARY KEY (account, chat_id)
) STRICT, WITHOUT ROWID
"""

_SNAPSHOT = """
CREATE TABLE snapshot (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    taken_at INTEGER NOT NULL,
    lines TEXT NOT NULL,
    rates TEXT NOT NULL
) STRICT
"""

_SNAPSHOT_BY_TIME = "CREATE INDEX snapshot_by_time ON snapshot (account, taken_at)"

_ACCOUNT_WATCH = """
CREATE TABLE account_watch (
    account TEXT PRIMARY KEY,
    next_check_at INTEGER,
    checked_at INTEGER,
    failures INTEGER NOT NULL,
    trouble TEXT,
    trouble_since INTEGER,
    log_read_at INTEGER,
    log_due INTEGER NOT NULL
) STRICT
"""

_SELECTION = """
CREATE TABLE selection (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    chat_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    currency TEXT NOT NULL,
    target TEXT NOT NULL,
    choices TEXT NOT NULL,
    chosen TEXT NOT NULL,
    page INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT
"""

_OUTBOX = """
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id INTEGER NOT NULL,
    message_id INTEGER,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    queued_at INTEGER NOT NULL,
    not_before INTEGER
) STRICT
"""

_OUTBOX_BY_CHAT = "CREATE INDEX outbox_by_chat ON outbox (chat_id, id)"

_OWNER = """
CREATE TABLE owner (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    user_id INTEGER NOT NULL,
    claimed_at INTEGER NOT NULL
) STRICT
"""

STATEMENTS = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    _CONVERSION,
    _ONE_LIVE_CONVERSION,
    _CONVERSION_BY_STATE,
    _CONVERSION_BY_ATTEMPT,
    _CONVERSION_EVENT,
    _EVENT_BY_CONVERSION,
    _EVENTS_STAY_AS_THEY_ARE,
    _EVENTS_STAY,
    _FILL,
    _FILL_BY_CONVERSION,
    _CONVERSION_WITH_FILLS,
    _CONVERSION_COOLDOWN,
    _CHAT_SETTINGS,
    _PROTECTED_ASSET,
    _REPORT_DUE,
    _ALERT_STATE,
    _SNAPSHOT,
    _SNAPSHOT_BY_TIME,
    _ACCOUNT_WATCH,
    _SELECTION,
    _OUTBOX,
    _OUTBOX_BY_CHAT,
    _OWNER,
)
