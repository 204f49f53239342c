"""What was done to the corpus, besides reloads."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what is there already are reloads."""
    op.add_column(
        "reloads",
        sa.Column("action", sa.String(length=16), nullable=False, server_default="reload"),
    )
