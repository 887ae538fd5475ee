"""Figures to sentences, as an editor would write them.

Every function takes the figures of a report and returns text, empty where there is nothing to
say: what did not happen is not written. Claims are made only where the records
bear them out.
"""
