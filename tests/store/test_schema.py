from __future__ import annotations

import pytest
import sqlcipher3.dbapi2 as driver

from ledger_desk.store import migrations, schema


def _tables(raw):
    return {
        name: [tuple(r) for r in raw.execute(f"PRAGMA table_info({name})")]
        for (name,) in raw.execute(
            "SELECT name FROM sqlite_master WHERE type='table' ORDER BY name"
        )
    }


def _indexes(raw):
    sql = "SELECT name, sql FROM sqlite_master WHERE type='index' AND sql IS NOT NULL ORDER BY name"
    return [(name, " ".join(text.split())) for name, text in raw.execute(sql)]


def _links(raw):
    return {
        name: sorted(tuple(r)[2:] for r in raw.execute(f"PRAGMA foreign_key_list({name})"))
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type='table'")
    }


def test_migrations_on_an_empty_file_give_exactly_the_derived_tables(tmp_path):
    from sqlalchemy import create_engine

    migrated = driver.connect(str(tmp_path / "a"), isolation_level=None)
    migrations.migrate(migrated, migrations.steps())
    engine = create_engine(f"sqlite:///{tmp_path / 'b'}", module=driver)
    schema.metadata().create_all(engine)
    engine.dispose()
    derived = driver.connect(str(tmp_path / "b"))
    assert _tables(migrated) == _tables(derived)
    assert _indexes(migrated) == _indexes(derived)
    assert _links(migrated) == _links(derived)
    migrated.close()
    derived.close()


def test_a_failing_step_leaves_the_file_as_it_was(tmp_path):
    raw = driver.connect(str(tmp_path / "a"), isolation_level=None)
    migrations.migrate(raw, migrations.steps())
    before = _tables(raw)
    broken = (
        *migrations.steps(),
        "CREATE TABLE extra (id INTEGER);\nCREATE TABLE meta (id INTEGER);\n",
    )
    with pytest.raises(driver.OperationalError, match="meta"):
        migrations.migrate(raw, broken)
    assert _tables(raw) == before
    assert migrations.version_of(raw) == len(migrations.steps())
    raw.close()
