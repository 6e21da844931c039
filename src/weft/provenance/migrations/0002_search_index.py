"""Full-text search: an FTS5 table kept by triggers on SQLite, an expression index on PostgreSQL."""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE provenance_search USING fts5(body, content='provenance_searchtext', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 2', prefix='2 3')",
    "CREATE TRIGGER provenance_search_in AFTER INSERT ON provenance_searchtext BEGIN "
    "INSERT INTO provenance_search(rowid, body) VALUES (new.id, new.body); END",
    "CREATE TRIGGER provenance_search_out AFTER DELETE ON provenance_searchtext BEGIN "
    "INSERT INTO provenance_search(provenance_search, rowid, body) VALUES ('delete', old.id, old.body); END",
    "CREATE TRIGGER provenance_search_new AFTER UPDATE OF body ON provenance_searchtext BEGIN "
    "INSERT INTO provenance_search(provenance_search, rowid, body) VALUES ('delete', old.id, old.body); "
    "INSERT INTO provenance_search(rowid, body) VALUES (new.id, new.body); END",
]
SQLITE_BACK = [
    "DROP TRIGGER provenance_search_in",
    "DROP TRIGGER provenance_search_out",
    "DROP TRIGGER provenance_search_new",
    "DROP TABLE provenance_search",
]
POSTGRES = [
    "CREATE INDEX provenance_search ON provenance_searchtext USING gin (to_tsvector('simple', body))",
]
POSTGRES_BACK = ["DROP INDEX provenance_search"]


def run(schema_editor, sqlite, postgres):
    for sql in postgres if schema_editor.connection.vendor == "postgresql" else sqlite:
        schema_editor.execute(sql)


def forward(apps, schema_editor):
    run(schema_editor, SQLITE, POSTGRES)


def back(apps, schema_editor):
    run(schema_editor, SQLITE_BACK, POSTGRES_BACK)


class Migration(migrations.Migration):
    dependencies = [("provenance", "0001_initial")]
    operations = [migrations.RunPython(forward, back)]
