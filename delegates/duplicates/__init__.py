"""The same person recorded twice: found, compared, merged, and taken apart again.

``rules`` finds persons who may be one; ``comparing`` sets two side by side; ``moving`` says what
would happen to all that points at them; ``snapshots`` keeps and restores rows. The changes are in
``delegates.actions``.
"""
