"""附件 on the screen: files of a firm, or of one of its records, put in, looked at, given out.

::

    from ledger_desk.ui.attachments.strip import AttachmentStrip

    strip = AttachmentStrip(ledger, jobs, window)
    strip.show_firm(enterprise_id)                      # every file of the firm
    strip.show_firm(enterprise_id, on=("visit", id))    # files of one of its records
    strip.show_firm(None)                               # a firm that is not made yet: says so
    strip.reload()                                      # after undo, or when another page wrote
    strip.count() -> int ; strip.first_focus() -> QWidget ; strip.settle()

Signals: ``changed()`` after each step (taken in, changed, removed, undone);
``count_changed(int)`` when another number of files is shown.
"""
