"""An attachment as pages, for looking at and for the printer: a PDF's own, or a picture on a sheet."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from ledger_desk.errors import UserError
from ledger_desk.model.records import Attachment
from ledger_desk.ui.attachments.thumbs import PDF, is_picture, read_picture
from ledger_desk.ui.preview.pages import PdfPages

_SCREEN_DPI, _POINTS = 96, 72


class PicturePages:
    """One picture in the shape of `PdfPages`: at 100 % a pixel of it is a pixel of the screen."""

    def __init__(self, image: QImage) -> None:
        """Take an upright picture."""
        self._image = image
        part = _POINTS / _SCREEN_DPI
        self.sizes = [(image.width() * part, image.height() * part)]

    def __len__(self) -> int:
        return 1

    def image(self, page: int, scale: float) -> QImage:
        """Give it at a scale: pixels for one point."""
        wide, high = (max(1, round(each * scale)) for each in self.sizes[page])
        if (wide, high) == (self._image.width(), self._image.height()):
            return self._image
        return self._image.scaled(
            QSize(wide, high), Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip


def can_be_shown(attachment: Attachment) -> bool:
    """Whether it can be looked at and printed in here."""
    return is_picture(attachment) or attachment.media == PDF


def pages_of(attachment: Attachment, data: bytes) -> PdfPages | PicturePages:
    """Make pages of an attachment.

    Raises:
        UserError: It is of another kind, damaged, or locked with a password.
    """
    title = attachment.title
    if attachment.media == PDF:
        try:
            pages = PdfPages(data)
        except Exception as error:
            raise UserError(
                f"“{title}”在这里看不了：可能没有传完，或者设了密码。请按“打开”，用看 PDF 的程序试试。"
            ) from error
        if not len(pages):
            raise UserError(f"“{title}”里一页也没有。")
        return pages
    if is_picture(attachment):
        image = read_picture(data)
        if not image.isNull():
            return PicturePages(image)
        raise UserError(f"“{title}”在这里看不了：不认得这种图片。请按“打开”，用看图的程序试试。")
    raise UserError(f"“{title}”不是图片或 PDF，在这里看不了。请按“打开”，用它自己的程序看。")


def pdf_of(attachment: Attachment, data: bytes) -> bytes:
    """Give what is to be printed: the PDF itself, or a picture that fills one A4 page.

    Raises:
        UserError: See `pages_of`.
    """
    pages = pages_of(attachment, data)
    if isinstance(pages, PdfPages):
        return data
    image = pages.image(0, _SCREEN_DPI / _POINTS)
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    lying = image.width() > image.height()
    direction = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    size = QPageSize(QPageSize.PageSizeId.A4)
    margins = QMarginsF(10, 10, 10, 10)
    writer.setPageLayout(QPageLayout(size, direction, margins, QPageLayout.Unit.Millimeter))
    painter = QPainter(writer)
    sheet = QRectF(0, 0, writer.width(), writer.height())
    fit = min(sheet.width() / image.width(), sheet.height() / image.height())
    target = QRectF(0, 0, image.width() * fit, image.height() * fit)
    target.moveCenter(sheet.center())
    painter.drawImage(target, image)
    painter.end()
    buffer.close()
    return bytes(held.data())
