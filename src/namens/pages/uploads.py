"""Files that people send: in memory, and never more of one than we read."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST = 5 * 1024 * 1024


class BoundedUploadHandler(FileUploadHandler):
    """Keeps the first bytes of a file, one more than `MOST` at the most: enough to see that it is too large."""

    def new_file(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - Django's
        """Begin another file."""
        super().new_file(*arguments, **options)
        self._kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002 - Django's
        """Keep what still fits."""
        self._kept.write(raw_data[: MOST + 1 - self._kept.tell()])
        return None

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:  # noqa: ARG002 - what came, not what was kept
        """Give the file as far as it was kept."""
        size = self._kept.tell()
        self._kept.seek(0)
        return InMemoryUploadedFile(
            self._kept, self.field_name, self.file_name or "", self.content_type, size, self.charset
        )
