"""One SQLite file: schema, journal, queries. SQLAlchemy lives here only."""
