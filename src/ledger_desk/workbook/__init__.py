"""Any spreadsheet in, exact spreadsheet out, a filled sheet to pages; knows nothing of enterprises."""
