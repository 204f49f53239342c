"""Why an answer is none, so that this is still said when its first page is shown again."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("answers", sa.Column("reason", sa.String(length=32), nullable=True))
