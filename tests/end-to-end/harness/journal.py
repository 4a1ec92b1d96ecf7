"""The journal as a test compares it: straight from the store, without what differs between two runs of the same story."""
import json
import sqlite3

# Instants, queue ids, and hashes of bytes in which they are.
VOLATILE = ('received_at', 'sent_at', 'answered_at', 'queue_id', 'sha256', 'reading')


def journal(relance):
    """(kind, customer, receivable, body) of each event, in order."""
    store = sqlite3.connect(f'file:{relance.folder}/state/relance.db?mode=ro', uri=True)
    try:
        rows = store.execute('SELECT kind, customer, receivable, body FROM journal ORDER BY sequence').fetchall()
    finally:
        store.close()
    return [(kind, customer, receivable, comparable(json.loads(body))) for kind, customer, receivable, body in rows]


def comparable(body):
    return {name: value for name, value in body.items() if name not in VOLATILE}
