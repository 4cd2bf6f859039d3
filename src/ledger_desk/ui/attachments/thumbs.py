"""Small pictures of attachments: photographs read and made small beside the window, PDFs on it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader

from ledger_desk.errors import UserError
from ledger_desk.model.records import Attachment
from ledger_desk.progress import Progress
from ledger_desk.store import blobs
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.preview.pages import PdfPages

EDGE = 128  # pixels, whatever the text size: enough for a card at 200 %
_MOST = 400  # small pictures kept
_LARGEST_PDF = 8 * 1024 * 1024  # larger ones would hold the window up; they get a sign instead
PDF = "application/pdf"
_FORMATS = frozenset(["jpeg", "jpg", "png", "webp", "bmp", "tiff", "gif"])
_MEDIA = frozenset(["image/x-ms-bmp", *(f"image/{each}" for each in _FORMATS)])


def is_picture(attachment: Attachment) -> bool:
    """Whether it can be shown as a picture; drawings that can name other files are none."""
    return attachment.media in _MEDIA


def read_picture(data: bytes, edge: int = 0) -> QImage:
    """Read a picture upright, at most ``edge`` pixels long where that is given; null if it cannot be."""
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    if reader.format().data().decode().lower() not in _FORMATS:  # whatever the name says
        return QImage()
    size = reader.size()
    if edge and size.isValid() and max(size.width(), size.height()) > edge:
        reader.setScaledSize(size.scaled(edge, edge, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    buffer.close()
    if edge and max(image.width(), image.height()) > edge:
        image = image.scaled(
            QSize(edge, edge), Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
    return image


@dataclass(frozen=True)
class _Read:
    hash: str
    image: QImage | None = None
    pdf: bytes = b""


class Thumbs(QObject):
    """Gives small pictures by the hash of what they show; tells when one is ready."""

    ready = Signal(str)

    def __init__(self, ledger: Ledger, jobs: Jobs, parent: QObject) -> None:
        """Belong to a list."""
        super().__init__(parent)
        self._ledger, self._jobs = ledger, jobs
        self._made: OrderedDict[str, QImage] = OrderedDict()
        self._waiting: list[Attachment] = []
        self._busy = False

    def get(self, attachment: Attachment) -> QImage | None:
        """The small picture, None while there is none and where there never will be."""
        found = self._made.get(str(attachment.hash))
        return found if found is not None and not found.isNull() else None

    def want(self, attachments: Iterable[Attachment]) -> None:
        """Make those that are missing, one after another; what was wanted before is forgotten."""
        self._waiting = [each for each in attachments if self._can(each)]
        self._next()

    def _can(self, attachment: Attachment) -> bool:
        small = (attachment.size or 0) <= _LARGEST_PDF
        return str(attachment.hash) not in self._made and (
            is_picture(attachment) or (attachment.media == PDF and small)
        )

    def _next(self) -> None:
        if self._busy or not self._waiting:
            return
        self._busy = True
        wanted = self._waiting.pop(0)

        def read(progress: Progress) -> _Read:
            progress(0, 0, "")
            name = str(wanted.hash)
            try:
                with self._ledger.read() as rows:
                    data = blobs.read(rows, name)
            except UserError:  # lost or damaged: said where it is opened
                return _Read(name)
            if wanted.media == PDF:
                return _Read(name, pdf=data)
            return _Read(name, read_picture(data, EDGE))

        self._jobs.read(read, succeeded=self._took, failed=self._failed, cancelled=self._failed)

    def _took(self, read: _Read) -> None:
        image = read.image
        if read.pdf:
            try:  # pdfium belongs to this thread
                pages = PdfPages(read.pdf)
                image = pages.image(0, EDGE / max(*pages.sizes[0], 1.0))
            except Exception:  # noqa: BLE001 - damaged or locked: it keeps its sign
                image = None
        self._made[read.hash] = image if image is not None else QImage()
        while len(self._made) > _MOST:
            self._made.popitem(last=False)
        self.ready.emit(read.hash)
        self._failed()

    def _failed(self, _error: object = None) -> None:
        self._busy = False
        QTimer.singleShot(0, self, self._next)
