"""Ideas are dealt and built on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "build",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("idea_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("text", sa.String(length=280), nullable=False),
        sa.Column("fix", sa.String(length=280), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("room_table_id", sa.Uuid(), nullable=True),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("kind IN ('improve', 'offer', 'concern', 'join')", name=op.f("ck_build_kind")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["participant.id"], name=op.f("fk_build_author_id_participant"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_build_idea_id_idea"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["room_table_id"], ["room_table.id"], name=op.f("fk_build_room_table_id_room_table"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_build_workshop_id_workshop"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_build")),
        sa.UniqueConstraint(
            "author_id", "idea_id", "kind", "text_hash", name=op.f("uq_build_author_id_idea_id_kind_text_hash")
        ),
    )
    with op.batch_alter_table("build", schema=None) as batch_op:
        batch_op.create_index("ix_build_idea_id", ["idea_id"], unique=False)
        batch_op.create_index("ix_build_workshop_id", ["workshop_id"], unique=False)

    op.create_table(
        "dealt_idea",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("idea_id", sa.Uuid(), nullable=False),
        sa.Column("room_table_id", sa.Uuid(), nullable=True),
        sa.Column("participant_id", sa.Uuid(), nullable=True),
        sa.Column("hand", sa.Integer(), nullable=False),
        sa.Column("was_read", sa.Boolean(), nullable=False),
        sa.Column("passed_on", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(room_table_id IS NULL) <> (participant_id IS NULL)", name=op.f("ck_dealt_idea_one_reader")
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_dealt_idea_idea_id_idea"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_dealt_idea_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["room_table_id"],
            ["room_table.id"],
            name=op.f("fk_dealt_idea_room_table_id_room_table"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_dealt_idea_workshop_id_workshop"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dealt_idea")),
        sa.UniqueConstraint("participant_id", "idea_id", name=op.f("uq_dealt_idea_participant_id_idea_id")),
        sa.UniqueConstraint("room_table_id", "idea_id", name=op.f("uq_dealt_idea_room_table_id_idea_id")),
    )
    with op.batch_alter_table("dealt_idea", schema=None) as batch_op:
        batch_op.create_index("ix_dealt_idea_idea_id", ["idea_id"], unique=False)
        batch_op.create_index("ix_dealt_idea_workshop_id", ["workshop_id"], unique=False)

    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.add_column(sa.Column("building_closed_at", sa.DateTime(timezone=True), nullable=True))
