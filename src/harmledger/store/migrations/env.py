"""What Alembic runs to migrate: on the connection it is handed, in that connection's transaction."""

from __future__ import annotations

from alembic import context

from harmledger.store.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
