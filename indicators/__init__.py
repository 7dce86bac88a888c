"""The shared words and rules: catalogue, regions, units, observation, comparison, and all reading SQL.

This room imports no other room. `etl` writes editions by its schema, `charts` and `pages` read them through `queries`.
"""
