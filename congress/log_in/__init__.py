"""The way in and out: password and one-time code, locks, how long a log-in lasts, the own log-ins.

``views`` are the two steps of a log-in, ``code`` is what the second takes and ``own_code`` where
it is set up. ``lock`` counts failures (django-axes), ``lifetime`` ends log-ins, ``sessions`` bears
with a database that is away, ``own`` lists log-ins to their owner; ``signals`` writes all of it to
the audit log.
"""
