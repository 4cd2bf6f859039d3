"""Paper and PDF: a finished document on a printer, and the files of firms.

`dossiers.DossierPrinting(ledger, jobs, window, parent).ask(ids)` asks what is wanted, shows it and
prints or saves it.
"""
