"""A desk knows its tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hand_count",
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ballots >= 0", name=op.f("ck_hand_count_ballots")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_hand_count_workshop_id_workshop"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workshop_id", "side", name=op.f("pk_hand_count")),
    )
    op.create_table(
        "presence",
        sa.Column("room_table_id", sa.Uuid(), nullable=False),
        sa.Column("server", sa.String(length=32), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("connected", sa.Integer(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["room_table_id"], ["room_table.id"], name=op.f("fk_presence_room_table_id_room_table"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_presence_workshop_id_workshop"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("room_table_id", "server", name=op.f("pk_presence")),
    )
    with op.batch_alter_table("presence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_presence_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "hand_dots",
        sa.Column("idea_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("dots", sa.Integer(), nullable=False),
        sa.CheckConstraint("dots > 0", name=op.f("ck_hand_dots_dots")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_hand_dots_idea_id_idea"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_hand_dots_workshop_id_workshop"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("idea_id", "side", name=op.f("pk_hand_dots")),
    )
    with op.batch_alter_table("hand_dots", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hand_dots_workshop_id"), ["workshop_id"], unique=False)

    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.add_column(sa.Column("agreed_minutes", sa.JSON(), nullable=True))
