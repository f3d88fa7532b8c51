"""The log is append-only: the database itself refuses to change an entry, or to delete one before its workshop.

A migration that rebuilds ``log_entry`` on SQLite has to make the triggers again: they go with their table.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SQLITE = (
    """
    CREATE TRIGGER log_entry_stays_as_it_is BEFORE UPDATE ON log_entry
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END
    """,
    """
    CREATE TRIGGER log_entry_stays BEFORE DELETE ON log_entry
    WHEN EXISTS (SELECT 1 FROM workshop WHERE workshop.id = OLD.workshop_id)
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION log_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF NOT EXISTS (SELECT 1 FROM workshop WHERE workshop.id = OLD.workshop_id) THEN
                RETURN OLD;
            END IF;
        END IF;
        RAISE EXCEPTION 'the log is append-only' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER log_entry_stays_as_it_is BEFORE UPDATE OR DELETE ON log_entry
    FOR EACH ROW EXECUTE FUNCTION log_entry_stays()
    """,
    """
    CREATE TRIGGER log_entry_stays BEFORE TRUNCATE ON log_entry
    FOR EACH STATEMENT EXECUTE FUNCTION log_entry_stays()
    """,
)


def upgrade() -> None:
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)
