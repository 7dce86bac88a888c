"""A composite index as international scoreboards build it: from a recipe and rows of observations to ranks with ranges.

The order of the steps is that of the OECD/JRC Handbook on Constructing Composite Indicators (2008): data (`inputs`),
outliers (`treat`), one scale (`normalise`), weights (`weigh`), aggregation (`aggregate`), robustness (`simulate`);
`build` runs them, `steps` puts each into a table. Pure functions: nothing here reads or draws.
"""
