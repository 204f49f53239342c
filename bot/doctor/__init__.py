"""What `onrecord doctor` looks at."""

from bot.doctor.examination import examine
from bot.doctor.findings import Finding, Health

__all__ = ["Finding", "Health", "examine"]
