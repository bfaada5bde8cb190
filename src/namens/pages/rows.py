"""Names with values, as `parts/data_list.html` shows them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A name with its value or values, perhaps with the way to change them."""

    label: str
    values: list[str]
    change_url: str = ""
