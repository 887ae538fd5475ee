"""The way in and out: locks after failures, how long a log-in lasts, the own log-ins.

``lock`` counts failures (django-axes), ``lifetime`` ends log-ins, ``sessions`` bears with a
database that is away, ``own`` lists log-ins to their owner; ``signals`` writes all of it to the
audit log.
"""
