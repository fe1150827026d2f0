"""A dry run: the messages as .eml files that any mail program opens."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from pathlib import Path

from briefing.deliver.brief import Ready
from briefing.deliver.recipients import Recipient
from briefing.deliver.send import Choices, parcels
from briefing.deliver.settings import Mail


def write(ready: Ready, people: Sequence[Recipient], mail: Mail, choices: Choices, folder: Path) -> int:
    """Write the messages that a first run would send into `folder`; how many there are."""
    number = 0
    for number, parcel in enumerate(parcels(ready, people, mail, choices, datetime.datetime.now(datetime.UTC)), 1):
        name = re.sub(r"[^A-Za-z0-9.@_-]+", "-", parcel.recipient.email)
        folder.mkdir(parents=True, exist_ok=True)  # not before there is a message
        (folder / f"{ready.brief.issue.id}-{number:03d}-{name}.eml").write_bytes(parcel.data)
    return number
