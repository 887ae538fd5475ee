"""Backup of one office in one file, its restoration, and the proof that it can be restored.

    made = make_backup(folder, proof=…)        # manage.py backup
    restore(unpacked, …)                       # manage.py restore
    problems = verify(unpacked, proof=…)       # manage.py verify_backup

The file is a compressed tar, encrypted where a key is given:

    database.sqlite3 or database.dump   the database's own copy (online backup, pg_dump)
    rows/<table>.jsonl                  every row of the same moment, in one form for both
    files/…                             each upload that a row of that moment names
    settings.json                       settings that are no secret
    manifest.json                       versions, rows and SHA-256 of each part; the last one

Log-ins (sessions) are left out. ``proof`` tells what the records say: each report's figures and
the hashes of what was signed; this room knows no reports, the commands bring it.
"""

from collections.abc import Callable

#: What the records of the database at hand say; JSON.
Proof = Callable[[], dict]


class BackupError(Exception):
    """Nothing was changed; the text is a sentence for the administrator."""
