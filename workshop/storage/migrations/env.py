"""Run by Alembic, which hands over the connection that `bring_to_head` opened its transaction on."""

from alembic import context

from workshop.storage.migrations import VERSION_TABLE
from workshop.storage.migrations.writing import rendered
from workshop.storage.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    render_as_batch=True,
    render_item=rendered,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
