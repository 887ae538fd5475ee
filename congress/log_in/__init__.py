"""The way in and out: locks after failures, how long a log-in lasts, own log-ins, codes.

``lock`` counts failures (django-axes), ``lifetime`` ends log-ins, ``entries`` lists them and
``codes`` asks for a one-time code. ``signals`` writes all of it to the audit log.
"""
