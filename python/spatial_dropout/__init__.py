"""Spatial dropout with the masks of MLNet.SpatialDropout, for engines that speak Python and NumPy."""
from spatial_dropout.keys import KEY, row_keys
from spatial_dropout.plan import Plan

__all__ = ["KEY", "Plan", "row_keys"]
